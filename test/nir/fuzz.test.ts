/**
 * @file Damaged files: whatever bytes are changed or cut off, a file is read or refused in one line. A case in which the HDF5 library
 * itself runs in circles is stopped after some seconds; there may be few of them.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import type { FuzzOutcome, FuzzTask } from './fuzz-worker.ts';

const CASES = 200;
/** A case takes milliseconds; the first waits for the package to load. */
const PATIENCE = 20_000;
const MOST_STOPPED = 2;
const FILE = new URL('../test/nir/files/full.nir', SOURCE_FOLDER).href;
const WORKER = new URL(`./fuzz-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** Runs the cases from one on until all are done or one takes too long. */
async function run(first: number, outcomes: Map<number, string>): Promise<void> {
  const worker = new Worker(WORKER, { workerData: { file: FILE, first, count: CASES } satisfies FuzzTask });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void worker.terminate(), PATIENCE);
  };
  worker.on('message', ({ number, outcome }: FuzzOutcome) => {
    outcomes.set(number, outcome);
    wait();
  });
  wait();
  await once(worker, 'exit');
  clearTimeout(timer);
}

test('damaged files are read or refused, and nothing else', async () => {
  const outcomes = new Map<number, string>();
  let stopped = 0;
  while (outcomes.size < CASES) {
    await run(outcomes.size, outcomes);
    if (outcomes.size < CASES) {
      outcomes.set(outcomes.size, 'stopped');
      stopped++;
    }
    assert.ok(stopped <= MOST_STOPPED, `${stopped} cases were stopped`);
  }
  const all = [...outcomes.values()];
  const count = (outcome: string): number => all.filter((one) => one === outcome).length;
  assert.deepEqual(
    all.filter((one) => !['read', 'refused', 'stopped'].includes(one)),
    [],
  );
  assert.ok(
    count('read') > 10 && count('refused') > 50,
    `${count('read')} read, ${count('refused')} refused`,
  );
});
