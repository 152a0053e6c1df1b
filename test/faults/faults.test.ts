/** @file Threads that throw, trap, hang, loop or end in the middle of their work: an error or the right result, and nothing left. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { FAULTS } from './plan.ts';
import { rightOf, tryFault } from './try-fault.ts';
import { faultWorks } from './works.ts';

const folder = await mkdtemp(join(tmpdir(), 'strelu-faults-'));
after(() => rm(folder, { recursive: true }));

/** Deno takes a second or more to start a thread with these modules: whether a fault meets its work depends on what else the machine does. */
const skip =
  'Deno' in globalThis ? 'Deno starts threads too slowly for their faults to meet the work' : false;

for (const [name, work] of Object.entries(faultWorks(folder))) {
  test(`${name}: a thread fails in every way; the same process goes on with right answers`, {
    skip,
  }, async () => {
    const right = await rightOf(work);
    const seen = new Set<string>();
    for (const [i, fault] of FAULTS.entries()) {
      const { outcome } = await tryFault({ name, work, fault, at: 1 + 3 * i, patienceMs: 150, right });
      seen.add(outcome);
      assert.deepEqual(await rightOf(work), right, `after a thread that ${fault}`);
    }
    assert.ok(seen.has(work.breaks ? 'error' : 'done all the same'), [...seen].join());
  });
}
