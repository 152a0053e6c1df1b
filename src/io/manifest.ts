/**
 * @file Reads datasets/manifest.json, which says where the data sets are published and what their files must be.
 */
import { fileURLToPath } from 'node:url';
import { staysInside } from '../data/relative-path.ts';
import { InputError } from '../errors.ts';
import { brief, type Fields, readFields } from '../format/fields.ts';
import { isFile, readJson } from './files.ts';

/** Publishers state one of these. */
export type DigestName = 'sha256' | 'md5';

/** A file that can be checked. */
export interface ManifestFile {
  /** Relative to the data sets' directory. */
  readonly path: string;
  /** null: not stated; only of a member of an archive, which has a size and a digest itself. */
  readonly bytes: number | null;
  /** null: not stated, as with `bytes`. */
  readonly digest: { readonly name: DigestName; readonly hex: string } | null;
}

/** A file whose size and digest are stated. */
export interface StatedFile extends ManifestFile {
  readonly bytes: number;
  readonly digest: NonNullable<ManifestFile['digest']>;
}

/** A data set: its source, its terms and its files. */
export interface ManifestDataset {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  /** Tried in order; a file's last path component is appended. */
  readonly mirrors: readonly string[];
  /** Where given, this is what is downloaded; the files are members of it: of a tar by their paths, of a ZIP by their paths beside it. */
  readonly archive?: StatedFile;
  readonly files: readonly ManifestFile[];
}

/** The path of the manifest that comes with this program. */
async function manifestPath(): Promise<string> {
  const above = ['../../datasets/manifest.json', '../../../datasets/manifest.json']; // as source, as built package
  for (const relative of above) {
    const path = fileURLToPath(new URL(relative, import.meta.url));
    if (await isFile(path)) return path;
  }
  throw new InputError('datasets/manifest.json: is missing from this installation; install strelu again');
}

/**
 * The data sets of a manifest.
 * @param path default: the manifest that comes with this program
 * @throws InputError naming the field that is wrong
 */
export async function readManifest(path?: string): Promise<ManifestDataset[]> {
  const from = path ?? (await manifestPath());
  const content = await readJson(from);
  return parseManifest(content, from);
}

/** @throws InputError naming the field that is wrong */
export function parseManifest(content: unknown, source: string): ManifestDataset[] {
  return readFields(content, source, (fields) => fields.list('datasets').map(readDataset));
}

function readDataset(fields: Fields): ManifestDataset {
  const archive = fields.has('archive') ? { archive: readStated(fields.object('archive')) } : {};
  const read = {
    name: fields.text('name'),
    title: fields.text('title'),
    licence: fields.text('licence'),
    citation: fields.text('citation'),
    mirrors: fields.texts('mirrors'),
    ...archive,
    files: fields.list('files').map('archive' in archive ? readFile : readStated),
  };
  const odd = read.mirrors.find((mirror) => !/^https?:\/\/[^\s]+\/$/.test(mirror));
  if (odd !== undefined)
    throw new InputError(
      `${fields.place}: mirrors should be addresses, http... to the last /, found ${brief(odd)}`,
    );
  const paths = read.files.map(({ path }) => path);
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice !== undefined) throw new InputError(`${fields.place}: two files are called ${twice}`);
  return read;
}

/** How many hexadecimal digits a digest has. */
const DIGITS: Readonly<Record<DigestName, number>> = { sha256: 64, md5: 32 };

function readFile(fields: Fields): ManifestFile {
  const stated = ['bytes', 'sha256', 'md5'].some((field) => fields.has(field));
  return stated ? readStated(fields) : { path: readPath(fields), bytes: null, digest: null };
}

function readPath(fields: Fields): string {
  const path = fields.text('path');
  if (!staysInside(path))
    throw new InputError(`${fields.place}: path ${brief(path)} leads out of the data sets' directory`);
  return path;
}

function readStated(fields: Fields): StatedFile {
  const path = readPath(fields);
  const name: DigestName = fields.has('sha256') ? 'sha256' : 'md5';
  const hex = fields.text(name);
  if (hex.length !== DIGITS[name] || !/^[0-9a-f]*$/.test(hex))
    throw new InputError(
      `${fields.place}: ${name} should be ${DIGITS[name]} hexadecimal digits, found ${brief(hex)}`,
    );
  return { path, bytes: fields.count('bytes'), digest: { name, hex } };
}
