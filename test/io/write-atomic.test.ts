import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { temporaryName } from '../../src/io/temporary-name.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { removeFolder } from '../support/remove-folder.ts';

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

test('a folder that goes at any moment of a write is made again', async () => {
  const folder = join(root, 'going');
  const content = Array.from({ length: 40 }, () => new Uint8Array(4096));
  let removals = 0;
  // a quarter of a millisecond later each time: before the file is begun, while it is written, after it is there
  for (let quarter = 0; quarter < 40; quarter++) {
    let over = false;
    const removed = (async () => {
      await new Promise((resolve) => setTimeout(resolve, quarter / 4));
      if (over) return;
      removals++;
      await removeFolder(folder);
    })();
    await writeAtomic(join(folder, 'deep/file'), content);
    over = true;
    await removed;
    await writeAtomic(join(folder, 'deep/file'), content);
    assert.deepEqual(await readdir(join(folder, 'deep')), ['file']);
  }
  assert.ok(removals > 0);
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

test('the mode of a file that is replaced stays; a link to nothing becomes a link to the file', {
  skip: process.platform === 'win32' && 'no modes here',
}, async () => {
  for (const mode of [0o600, 0o640, 0o755]) {
    const path = join(root, `mode-${mode}`);
    await writeAtomic(path, 'old');
    await chmod(path, mode);
    await writeAtomic(path, 'new');
    assert.equal((await stat(path)).mode & 0o777, mode);
    assert.equal(await readFile(path, 'utf8'), 'new');
  }
  await symlink('nowhere-yet', join(root, 'dangling'));
  await writeAtomic(join(root, 'dangling'), 'there');
  assert.equal(await readFile(join(root, 'nowhere-yet'), 'utf8'), 'there');
  assert.ok((await lstat(join(root, 'dangling'))).isSymbolicLink());
});

test('a link stays a link, what is no file is not replaced by one', async () => {
  await writeAtomic(join(root, 'real/file'), 'old');
  await symlink('real/file', join(root, 'link'));
  await writeAtomic(join(root, 'link'), 'new');
  assert.equal(await readFile(join(root, 'real/file'), 'utf8'), 'new');
  assert.ok((await lstat(join(root, 'link'))).isSymbolicLink());
  const server = createServer();
  const socket = join(root, 'socket');
  await new Promise<void>((ready) => server.listen(socket, ready));
  try {
    await assert.rejects(writeAtomic(socket, 'x'), /cannot be written/); // what a socket answers to a write
    assert.ok((await stat(socket)).isSocket(), 'it was replaced by a file');
  } finally {
    server.close();
  }
});

test('what a killed writer of the same file left goes with the next write; that of another file, or of a writer at work, stays', async () => {
  const path = join(root, 'killed/file');
  await writeAtomic(path, 'old');
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const left = (target: string, writer: number): string =>
    temporaryName(join(root, 'killed', target)).replace(`.${process.pid}-`, `.${writer}-`);
  const kept = [left('other', gone), left('file', process.pid)];
  for (const name of [...kept, left('file', gone)]) await writeFile(name, 'half');
  await writeAtomic(path, 'new');
  const names = (await readdir(join(root, 'killed'))).sort();
  assert.deepEqual(names, [...kept.map((name) => basename(name)), 'file'].sort());
});
