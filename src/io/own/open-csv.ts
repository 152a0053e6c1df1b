/**
 * @file `csv:FILE`: a label and the values of the pixels on each line. `csv:DIR`: two files whose names have `train` and `test` in them,
 * or the one that a network is to be tested on.
 */
import { join } from 'node:path';
import { decodeCsv } from '../../data/csv.ts';
import { InputError } from '../../errors.ts';
import { isFile, readBytes } from '../files.ts';
import { entriesOf } from '../folder/list-pictures.ts';
import { csvFiles } from './csv-files.ts';
import { type CsvPart, csvSet } from './csv-set.ts';
import type { OwnOptions, OwnSet } from './own-set.ts';
import { refuseOneForTwo } from './two-parts.ts';

/** @throws InputError naming line and column of what is wrong */
export async function openCsvSet(path: string, options: OwnOptions): Promise<OwnSet> {
  const read = async (place: string): Promise<CsvPart> => ({
    place,
    table: decodeCsv(await readBytes(place), place),
  });
  if (await isFile(path)) return csvSet(path, await read(path), null, options);
  const { entries } = await entriesOf(path);
  const { train, test } = csvFiles(
    path,
    entries.map(({ name }) => name),
  );
  if (train === null && options.learned?.classes === undefined)
    throw new InputError(`${path}: expected a CSV file with train in its name, found only ${test}; add it`);
  if (train !== null && test !== null)
    refuseOneForTwo([
      ['training images', join(path, train)],
      ['test images', join(path, test)],
    ]);
  const held = test === null || train === null ? null : await read(join(path, test));
  return csvSet(path, await read(join(path, (train ?? test)!)), held, options);
}
