/**
 * @file `npm run test:queue`: one large evaluation in parts over a real Redis, by workers as users start them, one of them killed in the
 * middle: the counts and the accuracy of one process.
 */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { strelu } from '../cli/spawn.ts';
import { inFolder } from '../support/in-folder.ts';
import { NO_REDIS, startRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';

const SHARDS = 6;
const TRAIN = {
  name: 'train',
  command: 'train',
  options: { limit: 128, 'test-limit': 20, epochs: 1, width: 0.25 },
};
const CONVERT = { name: 'convert', command: 'convert', after: 'train' };
const SIMULATE = {
  name: 'simulate',
  command: 'simulate',
  after: 'convert',
  options: { limit: 60, steps: '1,4' },
};

interface Swept {
  readonly sweep: {
    readonly tables: unknown;
    readonly jobs: readonly { id: string; stage: string; figures: object }[];
  };
}

test('an evaluation in six parts by two workers, one of them killed in the middle: what one process counts', {
  skip: NO_REDIS,
  timeout: 300_000,
}, async ({ signal }) => {
  await inFolder(async (path) => {
    const cwd = path('.');
    const redis = await startRedis(cwd);
    const workers: ChildProcess[] = [];
    try {
      const study = async (name: string, simulate: object): Promise<void> =>
        writeFile(path(`${name}.json`), JSON.stringify({ name, stages: [TRAIN, CONVERT, simulate] }));
      await study('whole', SIMULATE);
      await study('parts', { ...SIMULATE, shards: SHARDS });
      const sweep = async (name: string, ...more: string[]): Promise<Swept> => {
        const words = ['sweep', `${name}.json`, '--json', `${name}-result.json`, '--quiet', ...more];
        const { status, stderr } = await strelu(words, { cwd });
        assert.equal(status, 0, stderr);
        return JSON.parse(await readFile(path(`${name}-result.json`), 'utf8')) as Swept;
      };
      const whole = await sweep('whole', '--jobs', '2');
      const queue = ['--queue', redis.url, '--store', 'store'];
      const ends = ['one', 'two'].map((dir) =>
        strelu(['worker', ...queue, '--dir', dir, '--jobs', '1', '--lock-seconds', '2', '--quiet'], {
          cwd,
          started: (_, child) => void workers.push(child),
        }),
      );
      const running = sweep('parts', ...queue);
      // the training, the conversion and one part are done
      await until('three results', async () => (await results(path('store/jobs'))).length >= 3, { signal });
      const [killed, other] = workers as [ChildProcess, ChildProcess];
      killed.kill('SIGKILL');
      const parts = await running;
      other.kill('SIGTERM');
      await Promise.all(ends);
      assert.equal((await results(path('store/jobs'))).length, 2 + SHARDS, 'every part once');
      assert.deepEqual(parts.sweep.tables, whole.sweep.tables);
      const result = async (folder: string, { sweep: { jobs } }: Swept): Promise<unknown> => {
        const { id, stage } = jobs.at(-1)!;
        const text = await readFile(path(`${folder}/${stage}-${id}/result.json`), 'utf8');
        const { snn, spikes, operations, energy, traffic, overload, images } = JSON.parse(text) as Record<
          string,
          unknown
        >;
        return { snn, spikes, operations, energy, traffic, overload, images };
      };
      assert.deepEqual(await result('runs/parts/queue', parts), await result('runs/whole', whole));
      console.log(
        `an evaluation in ${SHARDS} parts, a worker killed in the middle: the counts of one process`,
      );
    } finally {
      for (const child of workers) child.kill('SIGKILL');
      await redis.stop();
    }
  });
});

/** Names of the results that a store has. */
const results = async (folder: string): Promise<string[]> =>
  existsSync(folder)
    ? (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('result.json'))
    : [];
