/** @file What a file of ours is, by its beginning; what is none, damaged, a folder, a pipe or nothing is no product, and is not waited for. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPictureFile } from '../../src/io/picture-file.ts';
import { productIn } from '../../src/io/product-file.ts';
import { readBeginning } from '../../src/io/read-beginning.ts';
import { inFolder } from '../support/in-folder.ts';
import { productFiles } from './product-files.ts';

test('every kind is known again, also through a link; cut short it is none, or the same still', () =>
  inFolder(async (path) => {
    for (const [kind, bytes] of Object.entries(productFiles())) {
      await writeFile(path('file'), bytes);
      await symlink('file', path('link')).catch(() => undefined);
      assert.equal(productIn(path('file'))?.kind, kind);
      assert.equal(productIn(path('link'))?.kind, kind);
      assert.match(productIn(path('file'))!.words, /^(an? |the )/);
      for (const length of [0, 1, 7, 8, 9, 20, Math.floor(bytes.length / 2)]) {
        await writeFile(path('file'), bytes.subarray(0, length));
        assert.ok([null, kind].includes(productIn(path('file'))?.kind ?? null), `${kind}, ${length} bytes`);
      }
    }
    await writeFile(path('file'), productFiles()['trained network']);
    assert.deepEqual(productIn(path('file'))!.provenance, { epochs: 1 });
  }));

test('anything else is no product, and nothing is waited for', () =>
  inFolder(async (path) => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.string({ unit: fc.constantFrom(...'{}": \n', 'command', 'train', 'stage,job') }),
        ),
        async (content) => {
          await writeFile(path('file'), content);
          assert.equal(productIn(path('file')), null);
        },
      ),
      { numRuns: 60 },
    );
    for (const text of ['{"a": 1}', '{"command": "sweep"}', ' stage,job,state,seconds,error', 'stage,job']) {
      await writeFile(path('file'), text);
      assert.equal(productIn(path('file')), null, text);
    }
    await mkdir(path('folder'));
    for (const name of ['folder', 'nothing', 'folder/nothing'])
      assert.deepEqual([productIn(path(name)), isPictureFile(path(name))], [null, false]);
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [path('pipe')]);
      assert.deepEqual([productIn(path('pipe')), isPictureFile(path('pipe'))], [null, false]);
    }
  }));

test('the beginning of a file: as many bytes as are asked for, or as there are', () =>
  inFolder(async (path) => {
    await writeFile(path('file'), Uint8Array.from([1, 2, 3, 4, 5]));
    assert.deepEqual([...readBeginning(path('file'), 3)!], [1, 2, 3]);
    assert.deepEqual([...readBeginning(path('file'), 9)!], [1, 2, 3, 4, 5]);
    assert.deepEqual([...readBeginning(path('file'), 2, 3)!], [4, 5]);
    assert.deepEqual([...readBeginning(path('file'), 2, 9)!], []);
    assert.equal(readBeginning(path('none'), 3), null);
  }));
