/** @file No two files of src/ need each other, not even for a type: every file can be read after those that it imports. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCircle, importsBelow } from './support/imports.ts';
import { SOURCE_FOLDER } from './support/source-folder.ts';

test('src/ has no circle of imports, those of types included', async () => {
  const imports = await importsBelow(SOURCE_FOLDER);
  assert.ok(imports.size > 200, `expected all of src/, found ${imports.size} files`);
  const arrows = [...imports.values()].reduce((sum, targets) => sum + targets.length, 0);
  assert.ok(arrows > imports.size, `expected more imports than files, found ${arrows}`);
  for (const [file, targets] of imports)
    for (const target of targets)
      assert.ok(imports.has(target), `${file} imports ${target}, which is no file`);
  const circle = findCircle(imports);
  assert.equal(circle, undefined, `a circle of imports: ${circle?.join(' -> ')}`);
});

test('a circle is found where there is one, and the shortest is named', () => {
  const imports = new Map([
    ['a', ['b', 'e']],
    ['b', ['c']],
    ['c', ['d']],
    ['d', ['b', 'a']],
    ['e', ['f']],
    ['f', []],
  ]);
  assert.deepEqual(findCircle(imports), ['b', 'c', 'd', 'b']);
  imports.set('d', []);
  assert.equal(findCircle(imports), undefined);
  assert.deepEqual(findCircle(new Map([['alone', ['alone']]])), ['alone', 'alone']);
});
