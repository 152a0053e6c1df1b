/** @file What is old goes from a store of either kind, a job as a whole and its result first; what is young, or is no job's, stays. */
import assert from 'node:assert/strict';
import { readdir, utimes } from 'node:fs/promises';
import { test } from 'node:test';
import { cleanStore } from '../../../../src/lab/sweep/stores/clean-store.ts';
import { openStore } from '../../../../src/lab/sweep/stores/open-store.ts';
import type { Store } from '../../../../src/lab/sweep/stores/store.ts';
import { inFolder } from '../../../support/in-folder.ts';
import { startS3Server } from '../../../support/s3-server.ts';
import { s3Variables, withVariables } from '../../../support/variables.ts';

const OLD = new Date('2020-01-01');
const BEFORE = Date.parse('2024-01-01');

/** By name: whether it was put there long ago. */
const THERE: Readonly<Record<string, boolean>> = {
  'store-id': true,
  'jobs/job-a/network.safetensors': true,
  'jobs/job-a/result.json': true,
  'jobs/job-b/network.safetensors': true,
  'jobs/job-b/result.json': false,
  'jobs/job-c/result.json': false,
  'files/aa': true,
  'files/bb': false,
};

async function check(store: Store, age: (name: string) => Promise<void>): Promise<void> {
  for (const [name, isOld] of Object.entries(THERE)) {
    await store.put(name, new Uint8Array(10));
    if (isOld) await age(name);
  }
  const names = async (): Promise<string[]> => (await store.list()).map(({ name }) => name).sort();
  const all = Object.keys(THERE).sort();
  assert.deepEqual(await names(), all);
  assert.ok((await store.list()).every(({ bytes }) => bytes === 10));
  const removed: string[] = [];
  const watched: Store = {
    ...store,
    async remove(name) {
      removed.push(name);
      await store.remove(name);
    },
  };
  const cleaned = { jobs: 1, inputs: 1, bytes: 30 };
  assert.deepEqual(await cleanStore({ store: watched, before: BEFORE, dryRun: true }), cleaned);
  assert.deepEqual(await names(), all);
  assert.deepEqual(await cleanStore({ store: watched, before: BEFORE, dryRun: false }), cleaned);
  const gone = ['jobs/job-a/result.json', 'jobs/job-a/network.safetensors', 'files/aa'];
  assert.deepEqual(removed, gone);
  assert.deepEqual(
    await names(),
    all.filter((name) => !gone.includes(name)),
  );
  assert.deepEqual(await cleanStore({ store, before: BEFORE, dryRun: false }), {
    jobs: 0,
    inputs: 0,
    bytes: 0,
  });
}

test('a folder', async () => {
  await inFolder(async (path) => {
    await check(await openStore(path('store')), (name) => utimes(path(`store/${name}`), OLD, OLD));
  });
});

test('a folder of something else that has jobs and files in it is left alone', async () => {
  await inFolder(async (path) => {
    const store = await openStore(path('project'));
    for (const name of ['jobs/print/page.txt', 'files/letter.txt']) {
      await store.put(name, new Uint8Array(10));
      await utimes(path(`project/${name}`), OLD, OLD);
    }
    for (const dryRun of [true, false])
      await assert.rejects(
        cleanStore({ store, before: BEFORE, dryRun }),
        /^InputError: .*project: expected a store that studies have used, found no store-id there/,
      );
    assert.equal((await store.list()).length, 2);
  });
});

test('a folder that has to be there is not made', async () => {
  await inFolder(async (path) => {
    const message = /^InputError: .*stroe: expected a store, found nothing there; check the place$/;
    await assert.rejects(openStore(path('stroe'), { mustExist: true }), message);
    await assert.rejects(readdir(path('stroe')), /ENOENT/);
    await openStore(path('store'));
    await openStore(path('store'), { mustExist: true });
  });
});

test('a bucket, with other objects beside the store, and more than a page of them', async () => {
  const server = await startS3Server(['study']);
  try {
    await withVariables(s3Variables(server.url), async () => {
      const beside = await openStore('s3://study');
      await beside.put('of/other', new Uint8Array(1));
      await check(await openStore('s3://study/of/me'), async (name) => {
        server.times.set(`study/of/me/${name}`, OLD);
      });
      assert.equal((await beside.list()).length, 6);
      assert.ok(server.seen.some((line) => line.includes('continuation-token')));
      server.faults.push({ status: 503 }, { status: 403, code: 'AccessDenied' });
      await assert.rejects(beside.list(), /may list the bucket .* found one that may not/);
    });
  } finally {
    await server.close();
  }
});
