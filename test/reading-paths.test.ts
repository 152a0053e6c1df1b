/** @file The heads of some files send their reader on: to files that are there. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SOURCE_FOLDER } from './support/source-folder.ts';

const SOURCE = SOURCE_FOLDER;
/** Where a path begins, and how many files it names at least. */
const PATHS: readonly (readonly [file: string, least: number])[] = [
  ['snn/simulate.ts', 14],
  ['convert/convert.ts', 5],
];

for (const [path, least] of PATHS)
  test(`every file that the head of ${path} names is there`, () => {
    const url = new URL(path, SOURCE);
    const [head] = readFileSync(url, 'utf8').split('*/', 1);
    const files = [...head!.matchAll(/[\w/-]+\.ts/g)].map(([file]) => file);
    assert.ok(files.length >= least, files.join());
    for (const file of files) assert.ok(existsSync(new URL(file, url)), file);
  });

test('the three ways to read of ARCHITECTURE.md: at most eight files each, all there', () => {
  const page = readFileSync(new URL('../ARCHITECTURE.md', SOURCE), 'utf8');
  const [, ways] = page.match(/## Three ways to read\n([\s\S]*?)\n## /)!;
  const paragraphs = ways!.split('\n\n').filter((text) => text.trim().startsWith('**'));
  assert.equal(paragraphs.length, 3);
  for (const paragraph of paragraphs) {
    const files = [...paragraph.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file!);
    assert.ok(files.length >= 5 && files.length <= 8, `${paragraph.slice(0, 40)}: ${files.length} files`);
    for (const file of files) assert.ok(existsSync(new URL(`../${file}`, SOURCE)), file);
  }
});
