/** @file A folder as a store: what was put is got, whole; no name leaves it; what cannot be a store says so. */
import assert from 'node:assert/strict';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { openStore } from '../../../../src/lab/sweep/stores/open-store.ts';
import { checkName, type Store } from '../../../../src/lab/sweep/stores/store.ts';
import { inFolder } from '../../../support/in-folder.ts';

test('what is put is got; the last one stays; what is removed is gone', async () => {
  await inFolder(async (path) => {
    const store = await openStore(path('shared/store'));
    const model = new Map<string, Uint8Array>();
    const name = fc.constantFrom('a', 'b/c', 'b/d.json', 'deep/er/x-1_2.bin');
    const step = fc.record({ name, bytes: fc.option(fc.uint8Array({ maxLength: 40 })) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const { name, bytes } of steps) {
          if (bytes) {
            await store.put(name, bytes);
            model.set(name, bytes.slice());
          } else {
            await store.remove(name);
            model.delete(name);
          }
          assert.deepEqual(await store.get(name), model.get(name) ?? null);
          assert.equal(await store.has(name), model.has(name));
        }
      }),
      { numRuns: 15 },
    );
    for (const [name, bytes] of model) assert.deepEqual(await store.get(name), bytes);
    const files = await readdir(path('shared/store'), { recursive: true });
    assert.ok(
      files.every((file) => !file.endsWith('.partial')),
      files.join(),
    );
  });
});

test('a name of a folder, and one below a file, is a name that nothing has', async () => {
  await inFolder(async (path) => {
    const store = await openStore(path('store'));
    await store.put('a/b', new Uint8Array([1]));
    assert.equal(await store.get('a'), null);
    assert.equal(await store.get('a/b/c'), null);
    await store.remove('a/b/c');
    assert.deepEqual(await store.get('a/b'), new Uint8Array([1]));
    await assert.rejects(store.put('a/b/c', new Uint8Array([2])), /cannot be written .*nothing was changed/);
  });
});

test('no name leaves the folder, in whatever way it is written', async () => {
  await inFolder(async (path) => {
    await writeFile(path('secret'), 'secret');
    const store = await openStore(path('store'));
    const names = ['', '.', '..', '../secret', 'a/../../secret', '/etc/hosts', 'a//b', 'a/', '..\\secret'];
    names.push('a\0b', '.hidden', 'C:x', 'a/.x.partial', 'x'.repeat(201), 'a b', 'é', 'CON.');
    for (const name of names)
      for (const use of [store.get, store.remove, (name: string) => store.put(name, new Uint8Array())])
        await assert.rejects(async () => use(name), /store: expected a name of letters, digits/, name);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', 'a', '\\', '-') }), (name) => {
        try {
          checkName('store', name);
        } catch {
          return;
        }
        assert.ok(!name.includes('\\') && name.split('/').every((part) => /^[^.]/.test(part)), name);
      }),
    );
    assert.deepEqual((await readdir(path('.'))).sort(), ['secret', 'store']);
  });
});

test('a file where the folder should be, an address of another kind: said before any work', async () => {
  await inFolder(async (path) => {
    await writeFile(path('file'), '');
    await assert.rejects(openStore(path('file')), /file: expected a folder, found a file; name a folder$/);
    await assert.rejects(openStore(path('file/below')), /below: expected a folder, found a file at .*file;/);
    await assert.rejects(openStore(''), /store: expected a folder.*, found nothing/);
    const address = 'ftp://me:hunter2@host/place';
    await assert.rejects(
      openStore(address),
      (error: Error) => /found an address ftp:/.test(error.message) && !error.message.includes('hunter2'),
    );
    await mkdir(path('real'));
    await symlink(path('real'), path('link'));
    const store: Store = await openStore(path('link'));
    assert.match(store.place, /real$/);
  });
});
