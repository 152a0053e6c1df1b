/** @file Parts of an evaluation in a study: jobs of their own, one row; what a part lacks the whole lacks. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { writeAtomic } from '../../../src/io/write-atomic.ts';
import { gatherParts } from '../../../src/lab/sweep/gather-parts.ts';
import { resultFile } from '../../../src/lab/sweep/job-files.ts';
import { type Job, jobsOf } from '../../../src/lab/sweep/jobs.ts';
import { parseStudy } from '../../../src/lab/sweep/read-study.ts';
import type { JobOutcome } from '../../../src/lab/sweep/run-jobs.ts';
import { measuredOf, studyTables } from '../../../src/lab/sweep/table.ts';
import { inFolder } from '../../support/in-folder.ts';

const [TRAIN, CONVERT] = [
  { name: 'train', command: 'train', grid: { seed: [1, 2] } },
  { name: 'convert', command: 'convert', after: 'train' },
];
const SIMULATE = { name: 'simulate', command: 'simulate', after: 'convert' };
const studyOf = (simulate: object) =>
  parseStudy({ name: 'study', stages: [TRAIN, CONVERT, { ...SIMULATE, ...simulate }] }, 'study.json');
const jobsOfStudy = (simulate: object): Promise<Job[]> =>
  jobsOf(studyOf(simulate), { version: '1', digestOf: async () => ({}) });

/** What a part found: no layers, one step; `right` of its images are right. */
const partResult = (shard: string, first: number, images: number, right: number): object => ({
  ...{ command: 'simulate', images, seconds: 2, config: { shard, steps: [1] } },
  part: {
    ...{ shard, first, readAfter: 'every step' },
    costs: {
      operations: { annMac: 1, snnMac: 1, spiking: 0, constant: 0 },
      traffic: {
        ...{
          widths: { weight: 4, activation: 4, potential: 4, spike: 4 },
          image: 0,
          neurons: 1,
          readingImage: 1,
        },
        ...{ ann: { weights: 4, weightsIdeal: 4, activations: 4, constants: 4 }, imageWeights: 1 },
        ...{ weights: [1], readers: [0] },
      },
      range: { lowest: 0, highest: 1 },
    },
    runs: [
      {
        ...{ steps: 1, images, method: 'events', imagesPerSecond: 10, right: [right], differing: null },
        layers: [{ name: 'readout', neurons: 1, spikes: [0], accumulates: [0], overload: 0, density: [0] }],
      },
    ],
  },
});

const done = (job: Job): JobOutcome => ({ job, state: 'done', earlier: false, seconds: 2 });

test('shards are jobs of their own with hashes of their own; the whole has the hash that it has without them', async () => {
  const [plain, parted] = await Promise.all([jobsOfStudy({}), jobsOfStudy({ shards: 3 })]);
  const parts = parted.filter(({ stage }) => stage === 'simulate');
  assert.deepEqual([plain.length, parted.length, new Set(parted.map(({ id }) => id)).size], [6, 10, 10]);
  assert.deepEqual(
    parts.slice(0, 3).map(({ options, setting }) => [options.shard, setting['simulate.shard']]),
    ['1/3', '2/3', '3/3'].map((shard) => [shard, shard]),
  );
  const wholes = new Set(parts.map(({ whole }) => whole!.id));
  assert.deepEqual(
    [...wholes],
    plain.filter(({ stage }) => stage === 'simulate').map(({ id }) => id),
  );
});

test('parts are gathered into one outcome, one result and one row, whatever order they ended in', async () => {
  await inFolder(async (path) => {
    const jobs = await jobsOfStudy({ shards: 2, options: { steps: '1' } });
    for (const job of jobs) {
      const seed = Number(job.setting['train.seed']);
      const [index] = String(job.options.shard ?? '')
        .split('/')
        .map(Number);
      if (job.whole)
        await writeAtomic(
          resultFile(path('jobs'), job),
          JSON.stringify(index === 1 ? partResult('1/2', 0, 3, seed) : partResult('2/2', 3, 4, 4)),
        );
      else await writeAtomic(resultFile(path('jobs'), job), '{}');
    }
    const outcomes = await gatherParts(path('jobs'), jobs.map(done).reverse());
    assert.equal(outcomes.length, 6);
    const measured = await measuredOf(path('jobs'), outcomes);
    const study = studyOf({ shards: 2, options: { steps: '1' } });
    const [table] = studyTables({ ...study, metrics: ['snn.accuracy.1'] }, measured);
    assert.equal(table!.rows.length, 1);
    const { count, mean } = table!.rows[0]!.figures['snn.accuracy.1']!;
    assert.deepEqual([count, mean], [2, ((100 * 5) / 7 + (100 * 6) / 7) / 2]);
    const whole = outcomes.find(({ job }) => job.stage === 'simulate')!;
    assert.deepEqual([whole.state, whole.seconds, whole.job.options.shard], ['done', 4, undefined]);
    const merged = JSON.parse(await readFile(resultFile(path('jobs'), whole.job), 'utf8'));
    assert.deepEqual(
      [merged.images, merged.part, merged.config.shard, merged.config.steps],
      [7, undefined, null, [1]],
    );
    assert.deepEqual(await gatherParts(path('jobs'), outcomes), outcomes);
  });
});

test('a part that failed, or whose result is no part, is named, and the whole has failed', async () => {
  await inFolder(async (path) => {
    const parts = (await jobsOfStudy({ shards: 2 })).filter(({ stage }) => stage === 'simulate').slice(0, 2);
    const [first, second] = parts.map(done) as [JobOutcome, JobOutcome];
    const failed: JobOutcome = { ...second, state: 'failed', error: 'no luck' };
    const [one] = await gatherParts(path('jobs'), [first, failed]);
    assert.deepEqual([one!.state, one!.error], ['failed', 'part 2/2: no luck']);
    for (const { job } of [first, second]) await writeAtomic(resultFile(path('jobs'), job), '{"images":3}');
    const [other] = await gatherParts(path('jobs'), [first, second]);
    assert.equal(other!.state, 'failed');
    assert.match(
      other!.error!,
      /result\.json: expected a result of a part of the test images, found another/,
    );
  });
});

test('parts of an earlier version, which do not say what a neuron sends, are refused by name', async () => {
  await inFolder(async (path) => {
    const parts = (await jobsOfStudy({ shards: 2 })).filter(({ stage }) => stage === 'simulate').slice(0, 2);
    for (const [k, job] of parts.entries()) {
      const text = JSON.stringify(partResult(`${k + 1}/2`, 3 * k, 3, 1), (key, value: unknown) =>
        key === 'range' ? undefined : value,
      );
      await writeAtomic(resultFile(path('jobs'), job), text);
    }
    const [whole] = await gatherParts(path('jobs'), parts.map(done));
    assert.match(whole!.error!, /result\.json: expected a result of a part of the test images/);
  });
});

test('shards where there can be none are refused by name', () => {
  assert.throws(() => studyOf({ shards: 0 }), /shards should be/);
  assert.throws(() => studyOf({ shards: 1e6 }), /shards should be at most 10000, found 1000000/);
  assert.throws(() => studyOf({ grid: { shard: ['1/2'] } }), /shard is set by the sweep; say shards: N/);
  assert.throws(
    () => studyOf({ shards: 2, options: { spikes: 's.npz' } }),
    /spikes expected a stage without shards, found 2 of them/,
  );
  assert.throws(
    () => parseStudy({ name: 's', stages: [{ ...TRAIN, shards: 2 }] }, 's.json'),
    /stage train: shards expected a stage of simulate, found one of train/,
  );
});

test('auto chooses by the first images that it sees: a stage in shards is refused wherever it says so', () => {
  const ways: object[] = [
    { options: { engine: 'auto' } },
    { grid: { engine: ['events', 'auto'] } },
    { list: [{ engine: 'auto' }, { steps: 2 }] },
    { random: { samples: 2, options: { engine: ['auto', 'events'] } } },
  ];
  for (const way of ways) {
    assert.throws(() => studyOf({ shards: 2, ...way }), /engine expected events, products or reference/);
    assert.doesNotThrow(() => studyOf(way));
  }
});
