/** @file `npm run faults`: threads that throw, trap, hang, loop or end at random moments; `--help` says more. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describeMachine } from '../../src/lab/machine.ts';
import { Random } from '../../src/random/random.ts';
import { integer, text } from '../../src/terminal/options.ts';
import { toolOptions } from '../../src/terminal/tool-options.ts';
import { FAULTS } from './plan.ts';
import { type FaultRecord, MOST_SECONDS } from './record.ts';
import { rightOf, tryFault } from './try-fault.ts';
import { faultWorks } from './works.ts';

const { values } = toolOptions({
  name: 'faults',
  says: [
    'Threads that throw, trap, hang, loop or end at random moments of a training, a simulation, a',
    'calibration, batches made ahead and the reading of pictures. Each must be an error within 5 s or the',
    'right result; after each the same process gives right answers, no thread stays, the heap holds no',
    'more. What it took is said, and judged where the record is kept.',
  ],
  options: {
    rounds: integer(4, 'faults of each kind', 1),
    seed: integer(1, 'of the moments'),
    out: text('FILE', 'write the record'),
  },
});
const { rounds, seed } = values;
const record: FaultRecord = {
  command: `npm run faults -- --rounds ${rounds}`,
  ...{ seed, date: new Date().toISOString().slice(0, 10), machine: describeMachine(), works: {} },
};
const random = Random.seeded(seed);
const folder = await mkdtemp(join(tmpdir(), 'strelu-faults-'));
/** Threads of this process; -1 where the system does not tell. */
const threads = (): number => {
  try {
    return readdirSync('/proc/self/task').length;
  } catch {
    return -1;
  }
};

try {
  const works = Object.entries(faultWorks(folder));
  const right = new Map<string, Awaited<ReturnType<typeof rightOf>>>();
  for (const [name, work] of works) right.set(name, await rightOf(work));
  await setTimeout(500);
  const before = threads();
  for (let round = 0; round < rounds; round++)
    for (const [name, work] of works)
      for (const fault of FAULTS) {
        const at = random.integer(name === 'pictures' ? 12 : name === 'batches' ? 40 : 60);
        const { outcome, ms } = await tryFault({ name, work, fault, at, right: right.get(name)! });
        assert.deepEqual(await rightOf(work), right.get(name), `${name}, after a thread ${fault}`);
        if (outcome === 'did not happen') continue;
        const key = `${name}, ${fault}`;
        record.works[key] ??= { faults: 0, errors: 0, done: 0, slowestSeconds: 0 };
        const row = record.works[key];
        row.faults++;
        if (outcome === 'error') row.errors++;
        else row.done++;
        row.slowestSeconds = Math.max(row.slowestSeconds, ms / 1000);
        if (values.out !== null) writeFileSync(values.out, `${JSON.stringify(record, null, 2)}\n`);
      }
  await setTimeout(500);
  assert.ok(threads() <= before, `${threads() - before} threads are left`);
  for (const [name, { faults, errors, done, slowestSeconds }] of Object.entries(record.works)) {
    console.log(
      `${name}: ${faults} faults, ${errors} errors, ${done} done all the same, ${slowestSeconds.toFixed(2)} s`,
    );
    if (slowestSeconds > MOST_SECONDS) console.log(`  slower than ${MOST_SECONDS} s: no record to keep`);
  }
} finally {
  await rm(folder, { recursive: true });
}
