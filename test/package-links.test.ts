/** @file Whoever installed the package reads its pages there: every link of theirs leads to what is packed too. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inFolder } from './support/in-folder.ts';
import { deadPageLinks, linksOf, pagesIn } from './support/page-links.ts';
import { SOURCE_FOLDER } from './support/source-folder.ts';

const ROOT = fileURLToPath(new URL('../', SOURCE_FOLDER));
const { files } = JSON.parse(readFileSync(new URL('../package.json', SOURCE_FOLDER), 'utf8')) as {
  files: readonly string[];
};

/** As npm packs: what `files` names, folders with all that is in them, without what has a ! before it; the last one decides. */
function isPacked(path: string): boolean {
  if (['README.md', 'LICENSE', 'package.json'].includes(path)) return true;
  return files.reduce(
    (packed, entry) => (names(entry.replace(/^!/, ''), path) ? !entry.startsWith('!') : packed),
    false,
  );
}

// A path, a folder with all that is below it, or all files of one ending below it: folder/**/*.ts
function names(entry: string, path: string): boolean {
  const [folder, ending] = entry.split('/**/*');
  return path === folder || (path.startsWith(`${folder}/`) && path.endsWith(ending ?? ''));
}

test('no page of the packed package has a dead link', () => {
  const tops = files.filter((entry) => !/^(!|dist)/.test(entry)).map((entry) => entry.split('/')[0]!);
  const folders = [...new Set(tops)].filter((top) => !top.includes('.'));
  const below = folders.flatMap((top) => pagesIn(`${ROOT}${top}`).map((page) => `${top}/${page}`));
  const pages = ['README.md', ...files.filter((entry) => entry.endsWith('.md')), ...below].filter(isPacked);
  assert.ok(pages.length > 25 && pages.includes('docs/guide/index.md'), pages.join());
  for (const page of new Set(pages))
    for (const link of linksOf(ROOT, page)) assert.ok(isPacked(link), `${page}: ${link} is not packed`);
});

test('what is not there is found: by links, pictures and sources of pictures', () =>
  inFolder(async (path) => {
    mkdirSync(path('sub'));
    writeFileSync(
      path('a.md'),
      '[a](sub/b.md#x) [gone](c.md) <img src="sub/d.png"> [far](https://e.org) [in](#y)',
    );
    writeFileSync(path('sub/b.md'), '[up](../a.md)\n```sh\n[no](link)\n```\n<source srcset="e.png">');
    assert.deepEqual(deadPageLinks(path('.')).sort(), [
      'a.md: c.md',
      'a.md: sub/d.png',
      'sub/b.md: sub/e.png',
    ]);
  }));
