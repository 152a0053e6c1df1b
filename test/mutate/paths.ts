/** @file Where the mutation tests read and keep their files; what they try. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** With a slash at its end. */
export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url));

/** What is kept between runs and not committed. */
export const KEPT: string = `${ROOT}dist/mutate/`;

/** Folders of src/ whose text is mutated. */
export const ROOMS = ['tensor', 'nn', 'convert', 'snn', 'proof', 'energy', 'train', 'io'] as const;

/** Folders of test/ that may notice. The command line's and the pages' start whole processes and look at what they print. */
const TESTS = [
  ...ROOMS,
  'laws',
  'kernels',
  'optimizers',
  'memory',
  'lab',
  'format',
  'nir',
  'onnx',
  'data',
  'own',
];

/** Files below folders, named from `root` with slashes, in order. */
function below(root: string, folders: readonly string[], ending: string): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .filter((name) => name.endsWith(ending))
    .map((name) => name.replaceAll('\\', '/'))
    .sort();
}

/** Sources of one room, or of all. */
export const sources = (room?: string): string[] =>
  below(ROOT, room === undefined ? ROOMS.map((name) => `src/${name}`) : [`src/${room}`], '.ts');

/** Test files, named from test/. */
export const testFiles = (): string[] => below(`${ROOT}test/`, TESTS, '.test.ts');

/** A short digest of a text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** A file of the project, named from its root. */
export function textOf(file: string): string {
  return readFileSync(`${ROOT}${file}`, 'utf8');
}
