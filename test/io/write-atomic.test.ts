import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeAtomic } from '../../src/io/write-atomic.ts';

const root = await mkdtemp(join(tmpdir(), 'strelu-write-'));
after(() => rm(root, { recursive: true, force: true }));

test('text, bytes and pieces arrive; folders are made; nothing else is left', async () => {
  const path = join(root, 'a/b/file');
  await writeAtomic(path, 'grüße');
  assert.equal(await readFile(path, 'utf8'), 'grüße');
  await writeAtomic(path, Uint8Array.of(1, 2, 255));
  assert.deepEqual([...(await readFile(path))], [1, 2, 255]);
  await writeAtomic(path, [Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3)]);
  assert.deepEqual([...(await readFile(path))], [1, 2, 3]);
  assert.deepEqual(await readdir(join(root, 'a/b')), ['file']);
});

test('a write that fails changes nothing, leaves nothing, and says so in one line', async () => {
  const folder = join(root, 'taken');
  await mkdir(join(folder, 'target/inside'), { recursive: true });
  await assert.rejects(
    writeAtomic(join(folder, 'target'), 'x'),
    /^InputError: .*target: cannot be written \(.*\); nothing was changed$/,
  );
  assert.deepEqual(await readdir(folder), ['target']);
  await writeFile(join(root, 'plain'), 'kept');
  await assert.rejects(writeAtomic(join(root, 'plain/below'), 'x'), /^InputError: .*cannot be written/);
  assert.equal(await readFile(join(root, 'plain'), 'utf8'), 'kept');
});

test('a writer that fails half-way keeps the old file whole', async () => {
  const folder = join(root, 'half');
  const path = join(folder, 'file');
  await writeAtomic(path, 'old');
  const bad = { length: 1 } as unknown as Uint8Array;
  await assert.rejects(writeAtomic(path, [new Uint8Array(100), bad]), /nothing was changed/);
  assert.equal(await readFile(path, 'utf8'), 'old');
  assert.deepEqual(await readdir(folder), ['file']);
});

test('writers at the same time do not disturb each other', async () => {
  const path = join(root, 'shared/file');
  const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(50000));
  await Promise.all(texts.map((text) => writeAtomic(path, text)));
  assert.ok(texts.includes(await readFile(path, 'utf8')));
  assert.deepEqual(await readdir(join(root, 'shared')), ['file']);
});
