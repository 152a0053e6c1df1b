/** @file What a worker refuses, each by what was expected and found; and which jobs promise the bits of a kind of machine. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { InputError } from '../../../../src/errors.ts';
import { type Job, jobsOf } from '../../../../src/lab/sweep/jobs.ts';
import { bitsHere } from '../../../../src/lab/sweep/queue/bits.ts';
import { bringInputs } from '../../../../src/lab/sweep/queue/inputs.ts';
import { keyOf, type QueuedJob, queuedJob } from '../../../../src/lab/sweep/queue/queued-job.ts';
import { refusalOf } from '../../../../src/lab/sweep/queue/refusal.ts';
import { parseStudy } from '../../../../src/lab/sweep/read-study.ts';
import { openStore } from '../../../../src/lab/sweep/stores/open-store.ts';
import { inFolder } from '../../../support/in-folder.ts';

const FACTS = { version: '1', digestOf: async () => ({ dataset: 'd' }) };

async function firstJob(options: object): Promise<Job> {
  const stages = [{ name: 'train', command: 'train', options }];
  const [job] = await jobsOf(parseStudy({ name: 'one', stages }, 'one.json'), FACTS);
  return job!;
}

test('version, instruction set, store, data set', async () => {
  await inFolder(async (path) => {
    const store = await openStore(path('store'));
    const context = { version: '1', bits: 'fused', store, storeId: 's', facts: FACTS } as const;
    const queued = await queuedJob(await firstJob({ dataset: 'mnist' }), context);
    const here = { version: '1', bits: 'fused', storeId: async () => 's', facts: FACTS } as const;
    assert.equal(await refusalOf(queued, here), null);
    for (const [change, reason] of [
      [{ version: '2' }, /^version: expected strelu 1, .* found 2; install/],
      [
        { bits: 'separate' },
        /^instruction set: expected fused .* found separate products and sums; .*deterministic/,
      ],
      [{ storeId: async () => 't' }, /^store: expected .*\(s\), found another \(t\); name the same --store/],
      [{ facts: { ...FACTS, digestOf: async () => ({ dataset: 'e' }) } }, /^data set mnist: .* found others/],
      [
        { facts: { ...FACTS, digestOf: () => Promise.reject(new InputError('mnist: not found in x')) } },
        /^data set mnist: not found in x/,
      ],
    ] as const)
      assert.match((await refusalOf(queued, { ...here, ...change }))!, reason);
    for (const free of [{ deterministic: true }, { kernels: 'reference' }]) {
      const anywhere: QueuedJob = await queuedJob(await firstJob(free), context);
      assert.equal(await refusalOf(anywhere, { ...here, bits: 'plain' }), null);
      assert.equal(anywhere.key, keyOf(await firstJob(free), 'separate'), 'one result for all machines');
    }
    assert.notEqual(queued.key, keyOf(await firstJob({ dataset: 'mnist' }), 'separate'));
  });
});

test('what this machine does with products and sums is one of the kinds', () => {
  assert.ok(['fused', 'separate'].includes(bitsHere()));
});

test('files that options name go by their content, and lie beside the job under paths that are the same everywhere', async () => {
  await inFolder(async (path) => {
    const store = await openStore(path('store'));
    await writeFile(path('a.npz'), 'data');
    await writeFile(path('net.json'), '{}');
    const context = { version: '1', bits: 'fused', store, storeId: 's', facts: FACTS } as const;
    const queued = await queuedJob(
      await firstJob({ dataset: `npz:${path('a.npz')}`, model: path('net.json') }),
      context,
    );
    const { dataset, model } = queued.job.options;
    assert.match(String(dataset), /^npz:inputs\/[0-9a-f]{64}\/a\.npz$/);
    assert.match(String(model), /^inputs\/[0-9a-f]{64}\/net\.json$/);
    assert.ok(!JSON.stringify(queued).includes(path('.')), 'no path of this machine');
    await mkdir(path('job'));
    await bringInputs(store, queued.inputs, path('cache'), path('job'));
    await bringInputs(store, queued.inputs, path('cache'), path('job'));
    assert.equal(await readFile(path(`job/${String(dataset).slice(4)}`), 'utf8'), 'data');
    const { sha256 } = queued.inputs[0]!;
    await store.put(`files/${sha256}`, new Uint8Array(3));
    await mkdir(path('job2'));
    await assert.rejects(
      bringInputs(store, queued.inputs, path('cache2'), path('job2')),
      /expected a file of SHA-256 .*, found one of/,
    );
  });
});
