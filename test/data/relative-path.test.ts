import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { staysInside } from '../../src/data/relative-path.ts';

const piece = fc.constantFrom(
  'a',
  'B.gz',
  '.',
  '..',
  '...',
  '/',
  '\\',
  ':',
  'C:',
  '~',
  ' ',
  '\0',
  '\n',
  '%2e',
);

test('a path that is taken lies below the folder that it is joined to, on both kinds of system', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = pieces.join('');
      if (!staysInside(path)) return;
      taken++;
      for (const system of [posix, win32]) {
        const root = system === win32 ? 'C:\\data' : '/data';
        const full = system.resolve(root, path);
        assert.ok(full.startsWith(root + system.sep), full);
        assert.equal(
          system.relative(root, full).replaceAll('\\', '/'),
          path,
          'nothing is written in two ways',
        );
      }
    }),
    { numRuns: 5000 },
  );
  assert.ok(taken > 100, `${taken} paths`);
});

test('plain relative paths are taken', () => {
  for (const path of ['a', 'mnist/train-images-idx3-ubyte.gz', '...', 'a b/c', '.hidden'])
    assert.ok(staysInside(path), path);
});

test('empty names, empty paths and names that no file system takes are not', () => {
  for (const path of [
    '',
    '/',
    'a/',
    'a//b',
    './a',
    'a/..',
    '..',
    'C:\\x',
    'a\\b',
    'a\0',
    `a/${'x'.repeat(300)}`,
  ])
    assert.ok(!staysInside(path), path);
});
