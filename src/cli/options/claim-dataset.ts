/** @file The files of a data set among those of a command: no result replaces an image, or becomes one. */
import type { DatasetSource } from '../../io/dataset-names.ts';
import { datasetPlaces } from '../../io/dataset-places.ts';
import type { DataWords } from '../../lab/data-words.ts';
import type { CommandFiles } from '../command-files.ts';

/** @throws UsageError when a result would go there */
export async function claimDataset(
  files: CommandFiles,
  source: DatasetSource,
  { names }: Pick<DataWords, 'names'>,
  { data }: { readonly data: string | null },
): Promise<void> {
  const places = await datasetPlaces(source, {
    directory: data ?? undefined,
    names: names?.split(',').map((name) => name.trim()),
  });
  for (const folder of places.folders) files.readsIn('--dataset', folder);
  for (const file of places.files) files.reads('--dataset', file);
}
