/** @file What kind of images were dropped, and the library's reader for them: tables, NumPy's arrays, IDX files, pictures. */
import { decodeCsv } from '../../../data/csv.ts';
import { InputError } from '../../../errors.ts';
import { csvFiles } from '../../../io/own/csv-files.ts';
import { type CsvPart, csvSet } from '../../../io/own/csv-set.ts';
import { idxRoles, isIdxName } from '../../../io/own/idx-roles.ts';
import { idxSet } from '../../../io/own/idx-set.ts';
import { npzSet } from '../../../io/own/npz-set.ts';
import type { OwnOptions, OwnSet } from '../../../io/own/own-set.ts';
import type { Entries } from './entries.ts';
import { pictureSet } from './picture-set.ts';

/** Images that can be read in several ways: split or not, in this size or that. */
export interface DroppedSet {
  /** As the command line would name it. */
  readonly source: string;
  readonly open: (options: OwnOptions) => OwnSet;
}

interface Kind {
  readonly is: (path: string) => boolean;
  readonly read: (entries: Entries) => DroppedSet | Promise<DroppedSet>;
}

const KINDS: readonly Kind[] = [
  { is: (path) => /\.(csv|tsv)$/i.test(path), read: tables },
  { is: (path) => /\.npz$/i.test(path), read: arrays },
  { is: (path) => isIdxName(lastOf(path)), read: idxFiles },
];

/** @throws InputError for files of several kinds, or damaged ones */
export async function droppedSet(entries: Entries): Promise<DroppedSet> {
  const { name, files } = entries;
  for (const { is, read } of KINDS) {
    const own = files.filter(({ path }) => is(path));
    if (own.length === 0) continue;
    const other = files.find(({ path }) => !is(path));
    if (other)
      throw new InputError(
        `${name}: expected files of one kind, found ${own[0]!.path} and ${other.path}; drop one of the two`,
      );
    return read(entries);
  }
  return { source: `folder:${name}`, open: (options) => pictureSet(entries, options) };
}

const lastOf = (path: string): string => path.split('/').at(-1)!;

async function tables({ name, files }: Entries): Promise<DroppedSet> {
  const read = async (place: string): Promise<CsvPart> => {
    const bytes = await files.find(({ path }) => path === place)!.bytes();
    return { place, table: decodeCsv(bytes, place) };
  };
  const { train, test } = csvFiles(
    name,
    files.map(({ path }) => path),
  );
  const first = train ?? test!;
  const [one, held] = [await read(first), train !== null && test !== null ? await read(test) : null];
  return {
    source: `csv:${held ? name : first}`,
    open: (options) => csvSet(held ? name : first, one, held, options),
  };
}

async function arrays({ name, files }: Entries): Promise<DroppedSet> {
  const [file, ...others] = files;
  if (others.length > 0)
    throw new InputError(`${name}: expected one npz file, found ${files.length}; drop one of them`);
  const bytes = await file!.bytes();
  return { source: `npz:${file!.path}`, open: (options) => npzSet(file!.path, bytes, options) };
}

function idxFiles({ name, files }: Entries): DroppedSet {
  const byName = new Map(files.map((file) => [lastOf(file.path), file]));
  const roles = idxRoles(name, [...byName.keys()])!;
  return {
    source: `idx:${name}`,
    open: (options) => idxSet(name, roles, (place) => byName.get(place)!.bytes(), options),
  };
}
