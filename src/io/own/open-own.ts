/** @file A data set of one's own, from its source: one reader for each kind. */
import type { Dataset } from '../../data/dataset.ts';
import { UsageError } from '../../errors.ts';
import type { OwnSource } from '../dataset-names.ts';
import { ownSource } from '../dataset-names.ts';
import type { OpenOptions, Split } from '../open-options.ts';
import { openCsvSet } from './open-csv.ts';
import { openFolderSet } from './open-folder.ts';
import { openIdxSet } from './open-idx.ts';
import { openNpzSet } from './open-npz.ts';
import { ownDataset } from './own-dataset.ts';

const READERS = { folder: openFolderSet, idx: openIdxSet, npz: openNpzSet, csv: openCsvSet };

/** @throws InputError naming file, what was expected, what was found and what to do; nothing is half read */
export async function openOwn(source: OwnSource, split: Split, options: OpenOptions): Promise<Dataset> {
  const { kind, path } = ownSource(source)!;
  refuseSenseless(kind, options);
  return ownDataset(source, await READERS[kind](path, options), split, options);
}

function refuseSenseless(kind: string, { split, size, names }: OpenOptions): void {
  if (split !== undefined && !(split > 0 && split < 1))
    throw new UsageError(`split: expected a share above 0 and below 1, found ${split}`);
  if (size !== undefined && !size.every((side) => Number.isInteger(side) && side >= 1 && side <= 4096))
    throw new UsageError(`size: expected height and width from 1 to 4096, found ${size.join('x')}`);
  if (names !== undefined && (kind === 'folder' || kind === 'csv'))
    throw new UsageError(
      `names: ${kind === 'folder' ? 'a folder' : 'a CSV file'} has no names to give; they are for idx and npz`,
    );
}
