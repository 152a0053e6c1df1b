/** @file Where the images of a data set lie: what a command that reads them has to leave alone. */
import { join } from 'node:path';
import { environment } from '../platform/environment.ts';
import { type DatasetName, type DatasetSource, ownSource } from './dataset-names.ts';
import { isFile } from './files.ts';
import { entriesOf } from './folder/list-pictures.ts';
import { csvFiles } from './own/csv-files.ts';
import { findIdxFiles } from './own/open-idx.ts';
import { requireFolder } from './require-folder.ts';

/** Folders, within one of the directories that are looked in, that hold nothing but the files of the set; the first that has them is read. */
export const DATASET_FOLDERS: Readonly<Record<DatasetName, readonly string[]>> = {
  strokes: [],
  mnist: folders('mnist', 'MNIST'),
  'fashion-mnist': folders('fashion-mnist', 'FashionMNIST'),
  kmnist: folders('kmnist', 'KMNIST'),
  emnist: [join('emnist', 'gzip'), 'emnist', join('EMNIST', 'raw')],
  'cifar-10': ['cifar-10-batches-bin'],
  'cifar-100': ['cifar-100-binary'],
};

/** As they are downloaded, as torchvision downloads them. */
function folders(name: string, elsewhere: string): readonly string[] {
  return [name, join(name, 'raw'), join(elsewhere, 'raw')];
}

/** The directories in which data sets are looked for, in order. */
export function dataDirectories(directory?: string): string[] {
  if (directory) requireFolder(directory);
  const named = [directory, environment('STRELU_DATASETS'), 'datasets'];
  return named.filter((path): path is string => path !== undefined && path !== '');
}

/** What of the options decides where the images are. */
interface PlaceOptions {
  readonly directory?: string | undefined;
  readonly names?: readonly string[] | undefined;
}

/** Folders that hold the set alone, and files that lie among others. */
export interface DatasetPlaces {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/** @throws InputError when idx:DIR or csv:DIR has no such files */
export async function datasetPlaces(
  source: DatasetSource,
  { directory, names }: PlaceOptions,
): Promise<DatasetPlaces> {
  const own = ownSource(source);
  if (own?.kind === 'folder') return { folders: [own.path], files: [] };
  if (own?.kind === 'npz') return { folders: [], files: [own.path] };
  if (own?.kind === 'csv' && (await isFile(own.path))) return { folders: [], files: [own.path] };
  if (own?.kind === 'csv') {
    const { entries } = await entriesOf(own.path);
    const found = Object.values(
      csvFiles(
        own.path,
        entries.map(({ name }) => name),
      ),
    );
    const files = found.flatMap((name) => (name === null ? [] : [join(own.path, name)]));
    return { folders: [], files };
  }
  if (own) {
    const files = names
      ? names.map((name) => join(own.path, name))
      : [...(await findIdxFiles(own.path)).values()];
    return { folders: [], files };
  }
  const [family] = source.split(':', 1) as [DatasetName];
  const within = DATASET_FOLDERS[family];
  return {
    folders: dataDirectories(directory).flatMap((root) => within.map((folder) => join(root, folder))),
    files: [],
  };
}
