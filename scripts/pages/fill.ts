/**
 * @file Blocks of pages that are made of measured files:
 *
 *     <!-- measured: NAME -->
 *     <!-- end -->
 *
 * The words around them are written by hand. A block whose file is not there keeps what it has.
 */
import { existsSync, readFileSync } from 'node:fs';
import { MEASURED } from './measured.ts';

/** Pages with such blocks, from the project's root. */
export const PAGES: readonly string[] = [
  'README.md',
  'docs/guide/results.md',
  'docs/guide/comparison.md',
  'docs/guide/benchmarks.md',
  'docs/guide/many-machines.md',
  'docs/guide/training.md',
  'CONTRIBUTING.md',
];

const BLOCK = /(<!-- measured: ([\w-]+) -->\n)([\s\S]*?)(<!-- end -->)/g;

/** The names of a page's blocks. */
export const blocksOf = (page: string): string[] => [...page.matchAll(BLOCK)].map(([, , name]) => name!);

/**
 * The page with every block written anew whose file is there.
 * @param folder docs/measured/
 * @throws Error naming a block that nothing is measured for
 */
export function filled(page: string, folder: URL): string {
  return page.replace(BLOCK, (_, begin: string, name: string, had: string, end: string) => {
    const measured = MEASURED[name];
    if (!measured) throw new Error(`measured: ${name}: expected one of ${Object.keys(MEASURED).join(', ')}`);
    const files = filesOf(name, folder);
    const text = files && measured.text(...files.map((file) => JSON.parse(readFileSync(file, 'utf8'))));
    return `${begin}${text ? `\n${text}\n\n` : had}${end}`;
  });
}

/** Null where one of them was not measured yet. */
export function filesOf(name: string, folder: URL): URL[] | null {
  const urls = MEASURED[name]!.files.map((file) => new URL(`${file}.json`, folder));
  return urls.every((url) => existsSync(url)) ? urls : null;
}
