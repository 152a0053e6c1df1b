/** @file What is killed: a work that is begun and gone on with by command lines of its own, and leaves files. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export interface Work {
  readonly name: string;
  /** What is killed and what must be the same, in a few words. */
  readonly says: string;
  /** @param begun something of it may be there already */
  command(folder: string, begun: boolean): readonly string[];
  /** What must be the same after any number of kills; null: it is not done. */
  outcome(folder: string): Promise<string | null>;
  close?(): void;
}

const SUFFIX = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** A module of this repository, named from this folder without its ending, as a program. */
export const program = (path: string, ...words: string[]): string[] => [
  process.execPath,
  fileURLToPath(new URL(`${path}.${SUFFIX}`, import.meta.url)),
  ...words,
];

export const strelu = (...words: string[]): string[] => program('../../src/cli/main', ...words);

/** SHA-256 of a file; null: it is not there. */
export const digestOf = (path: string): Promise<string | null> =>
  readFile(path).then(
    (bytes) => createHash('sha256').update(bytes).digest('hex'),
    () => null,
  );

/** SHA-256 of every file below a folder whose name ends so, by name. */
export async function digestsBelow(
  folder: string,
  ending: string,
): Promise<readonly (readonly [string, string | null])[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(ending)).sort();
  return Promise.all(names.map(async (name) => [name, await digestOf(join(folder, name))] as const));
}

/**
 * Fields of a result that say how long something took, or how it came about, at any depth: they differ between two runs that nobody
 * touched. Everything else is compared.
 */
const TIMED = /^(.*\.)?(seconds|imagesPerSecond|earlier|cached|date)$/;

/**
 * A result file without what depends on the clock and on the folder it lies in; null: it is not there.
 * @param folder its name, wherever it stands, becomes `.`
 */
export async function untimed(path: string, folder: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  return JSON.parse(text.replaceAll(folder, '.'), (key, value: unknown) =>
    TIMED.test(key) ? undefined : value,
  );
}

/** A table as CSV without such columns; null: it is not there. */
export async function untimedCsv(path: string): Promise<string[] | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\r\n').map((line) => line.split(','));
  return lines.map((cells) => cells.filter((_, i) => !TIMED.test(lines[0]![i] ?? '')).join(','));
}

/** Where two outcomes part, with what stands around it. */
export function parting(found: string, expected: string): string {
  let at = 0;
  while (found[at] === expected[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 200), at + 200);
  return `expected ...${around(expected)}...\nfound ...${around(found)}...`;
}
