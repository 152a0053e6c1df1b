/** @file A lock has one holder, names it, and outlives nobody. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import process from 'node:process';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { checkLock, lockFile, removeStaleLock } from '../../src/io/file-lock.ts';
import { birthOf } from '../../src/io/processes.ts';
import { inFolder } from '../support/in-folder.ts';

const holder = (pid: number, more: object = {}): string =>
  JSON.stringify({ pid, host: hostname(), since: '2026-01-01T00:00:00.000Z', birth: birthOf(pid), ...more });

/** A process that lives until it is killed. */
async function alive(): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(
    process.execPath,
    ['-e', 'setInterval(() => {}, 1000)'].slice('deno' in process.versions ? 2 : 0),
    {
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  await once(child, 'spawn');
  return { child, pid: child.pid! };
}

test('a second lock is refused and says who has the first, through a link too; given back it is free', async () => {
  await inFolder(async (path) => {
    const first = await lockFile(path('m'));
    await symlink('m', path('link'));
    for (const name of ['m', 'link'])
      await assert.rejects(
        lockFile(path(name)),
        new RegExp(
          `InputError: .*another run is at work on it \\(process ${process.pid} on ${hostname()}, since 2`,
        ),
      );
    assert.equal(JSON.parse(await readFile(path('m.lock'), 'utf8')).pid, process.pid);
    first.release();
    first.release();
    assert.deepEqual(await readdir(path('.')), ['link']);
    (await lockFile(path('m'))).release();
  });
});

test('of many that want a lock at once, stale or not there, exactly one gets it', async () => {
  await inFolder(async (path) => {
    for (const stale of [false, true]) {
      if (stale) await writeFile(path('m.lock'), holder(spawnSync(process.execPath, ['--version']).pid));
      const tried = await Promise.allSettled(Array.from({ length: 12 }, () => lockFile(path('m'))));
      const got = tried.filter(({ status }) => status === 'fulfilled');
      assert.equal(got.length, 1);
      for (const one of tried) if (one.status === 'fulfilled') one.value.release();
      assert.deepEqual(await readdir(path('.')), []);
    }
  });
});

test('a holder that is gone, or whose number is another process by now, is no holder; one of another machine is', async () => {
  await inFolder(async (path) => {
    const { child, pid } = await alive();
    try {
      await writeFile(path('m.lock'), holder(pid));
      await assert.rejects(lockFile(path('m')), new RegExp(`process ${pid} on`));
      await writeFile(path('m.lock'), holder(pid, { host: 'elsewhere' }));
      await assert.rejects(lockFile(path('m')), /process \d+ on elsewhere, .*remove .*m\.lock/);
      if (birthOf(pid) !== null) {
        await writeFile(path('m.lock'), holder(pid, { birth: 'another start' }));
        (await lockFile(path('m'))).release();
      }
      await writeFile(path('m.lock'), holder(pid));
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    (await lockFile(path('m'))).release();
    await writeFile(path('m.lock'), '{"pid"');
    (await lockFile(path('m'))).release();
    assert.ok(!existsSync(path('m.lock')));
  });
});

test('a lock that is waited for is told of once, and had as soon as it is free', async () => {
  await inFolder(async (path) => {
    const first = await lockFile(path('m'));
    const told: string[] = [];
    let had = false;
    const second = lockFile(path('m'), { wait: (who) => told.push(who) }).then((lock) => {
      had = true;
      lock.release();
    });
    await setTimeout(500);
    assert.deepEqual([told.length, had], [1, false]);
    first.release();
    await second;
    assert.match(told[0]!, new RegExp(`^process ${process.pid} on `));
  });
});

test('the lock of a file that is done goes where its holder is gone, and stays where it is at work', async () => {
  await inFolder(async (path) => {
    const gone = spawnSync(process.execPath, ['--version']).pid;
    await writeFile(path('m.lock'), holder(gone));
    removeStaleLock(path('m'));
    assert.deepEqual(await readdir(path('.')), []);
    removeStaleLock(path('m'));
    const lock = await lockFile(path('m'));
    removeStaleLock(path('m'));
    assert.deepEqual(await readdir(path('.')), ['m.lock']);
    lock.release();
  });
});

test('a link to nothing where the lock would lie is refused, not waited for; a device needs no lock', async () => {
  await inFolder(async (path) => {
    await symlink('nothing', path('file.lock'));
    await assert.rejects(lockFile(path('file')), /InputError: .*file\.lock is a link to nothing; remove it/);
    if (existsSync('/dev/null')) (await lockFile('/dev/null')).release();
    if (existsSync('/dev/null')) checkLock('/dev/null');
    for (const name of ['n'.repeat(250), 'n'.repeat(251)]) {
      const isLong = name.length > 250;
      if (isLong) assert.throws(() => checkLock(path(name)), /InputError: .*shorter name/);
      else checkLock(path(name));
    }
    assert.ok(!existsSync('/dev/null.lock'));
    assert.deepEqual(await readdir(path('.')), ['file.lock']);
  });
});
