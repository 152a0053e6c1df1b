import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { cached, cachePath, configHash } from '../../../src/lab/compare/cache.ts';
import { inFolder } from '../../support/in-folder.ts';

const json = fc.dictionary(
  fc.string(),
  fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.array(fc.nat())),
  {
    noNullPrototype: true,
  },
);

test('a hash is of the content of a configuration, not of the order of its keys', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      const turned = Object.fromEntries(Object.entries(a).reverse());
      assert.equal(configHash(turned), configHash(a));
      const same = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
      assert.equal(configHash(a) === configHash(b), same);
    }),
  );
});

test('what is kept is read, not computed again: unless fresh, damaged, or of another configuration', async () => {
  await inFolder(async (path) => {
    const cache = { folder: path('cache'), fresh: false };
    const notes: string[] = [];
    let computed = 0;
    const ask = (config: Record<string, unknown>, fresh = false) =>
      cached(
        { ...cache, fresh },
        'name',
        config,
        async () => ({ n: ++computed }),
        (line) => notes.push(line),
      );
    assert.deepEqual(await ask({ a: 1 }), { value: { n: 1 }, hit: false });
    assert.deepEqual(await ask({ a: 1 }), { value: { n: 1 }, hit: true });
    assert.deepEqual(await ask({ a: 2 }), { value: { n: 2 }, hit: false });
    assert.deepEqual(await ask({ a: 1 }, true), { value: { n: 3 }, hit: false });
    assert.deepEqual(await ask({ a: 1 }), { value: { n: 3 }, hit: true });
    assert.equal((await readdir(cache.folder)).length, 2);

    const file = cachePath(cache, 'name', { a: 1 }, 'json');
    const text = await readFile(file, 'utf8');
    for (const [i, broken] of [
      text.slice(0, -9),
      text.replace('"n": 3', '"n": 4'),
      text.replace('"a": 1', '"a": 2'),
      'null',
    ].entries()) {
      assert.notEqual(broken, text);
      await writeFile(file, broken);
      assert.deepEqual(await ask({ a: 1 }), { value: { n: 4 + i }, hit: false });
      assert.equal(notes.length, i + 1);
      assert.match(notes[i]!, /damaged, or of another configuration; computed again/);
    }
  });
});
