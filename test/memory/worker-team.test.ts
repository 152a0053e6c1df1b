import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { i32, ModuleBuilder, select } from '../../src/kernels/assembler/assembler.ts';
import { createTeam } from '../../src/memory/create-team.ts';
import { Heap } from '../../src/memory/heap.ts';
import { LocalTeam } from '../../src/memory/local-team.ts';
import type { Program, Team } from '../../src/memory/team.ts';
import { WorkerTeam } from '../../src/memory/worker-team.ts';
import { spawnThread, type Thread } from '../../src/platform/threads.ts';

/** `mark`: words[task] += 1 and lanes[task] = lane. `slow`: the same after counting to n. `hang`: counts far on lanes but 0. `trap`: divides by zero at one task. */
function load(team: Team, heap: Heap): Program {
  const builder = new ModuleBuilder({ shared: heap.shared });
  builder.define('mark', ['i32', 'i32', 'i32', 'i32'], 'none', (f, task, lane, words, lanes) => {
    const at = f.local('i32', i32.shl(task, 2));
    f.do(i32.store(i32.add(words, at), i32.add(i32.load(i32.add(words, at)), 1)));
    f.do(i32.store(i32.add(lanes, at), lane));
    return undefined;
  });
  builder.define('slow', ['i32', 'i32', 'i32', 'i32', 'i32'], 'none', (f, task, lane, words, lanes, n) => {
    const i = f.local('i32');
    const at = f.local('i32', i32.shl(task, 2));
    f.for(i, 0, n, 1, () => f.do(i32.store(i32.add(lanes, at), lane)));
    f.do(i32.store(i32.add(words, at), i));
    return undefined;
  });
  builder.define('hang', ['i32', 'i32', 'i32', 'i32', 'i32'], 'none', (f, _task, lane, word, short, long) => {
    const i = f.local('i32');
    f.for(i, 0, select('i32', long, short, lane), 1, () => f.do(i32.store(word, i)));
    return undefined;
  });
  builder.define('trap', ['i32', 'i32', 'i32'], 'none', (f, task, _lane, bad) => {
    f.drop(i32.div_s(1, i32.sub(task, bad)));
    return undefined;
  });
  return team.load(builder.bytes());
}

/** Two lanes, and what ends the thread of the second as a crash would. */
function mortalTeam(heap: Heap): { readonly team: Team; readonly kill: () => void } {
  const threads: Thread[] = [];
  const spawn: typeof spawnThread = (...start) => {
    const thread = spawnThread(...start);
    threads.push(thread);
    return thread;
  };
  const team = new WorkerTeam(heap, 2, { spawn });
  return { team, kill: () => threads[0]!.terminate() };
}

/** Waits, without running anything, until every thread has joined. */
async function joined(team: Team, heap: Heap, program: Program): Promise<void> {
  const words = heap.allocate(4 * 64);
  const lanes = heap.allocate(4 * 64);
  for (let round = 0; round < 500; round++) {
    heap.i32(lanes, 64).fill(-1);
    team.run(program, 'slow', 64, [words, lanes, Math.min(20_000 * (1 + round), 2_000_000)]);
    if (new Set(heap.i32(lanes, 64)).size === team.lanes) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail(`not all of ${team.lanes} lanes took part`);
}

for (const count of [1, 2, 3, 8]) {
  test(`${count} lanes: each task runs exactly once, over 1,000 runs of random size`, async () => {
    const heap = new Heap();
    const team = createTeam(heap, count);
    const program = load(team, heap);
    if (count <= 3) await joined(team, heap, program);
    const words = heap.allocate(4 * 200);
    const lanes = heap.allocate(4 * 200);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (tasks) => {
        const counts = heap.i32(words, 200).fill(0);
        team.run(program, 'mark', tasks, [words, lanes]);
        assert.ok(counts.every((value, task) => value === (task < tasks ? 1 : 0)));
      }),
      { numRuns: 1000 },
    );
    team.close();
  });
}

test('programs loaded after the threads joined, and memory grown since, are seen by all', async () => {
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const team = new WorkerTeam(heap, 2);
  await joined(team, heap, load(team, heap));
  const big = heap.allocate(8 * 2 ** 20);
  const late = load(team, heap);
  heap.i32(big, 200).fill(0);
  team.run(late, 'mark', 200, [big + 4 * 2 ** 20, big]);
  assert.ok(heap.i32(big + 4 * 2 ** 20, 200).every((value) => value === 1));
  team.close();
});

test('a trap on any lane is an error that says so, and the team works on', async () => {
  const heap = new Heap();
  const team = new WorkerTeam(heap, 2);
  const program = load(team, heap);
  await joined(team, heap, program);
  for (let bad = 0; bad < 40; bad++) {
    assert.throws(() => team.run(program, 'trap', 40, [bad]), /team: trap failed on lane [01]: .*divi/);
  }
  team.run(program, 'trap', 40, [-1]);
  team.close();
});

test('the first trap is not lost when several tasks trap, also on one lane', () => {
  const heap = new Heap();
  const local = new LocalTeam(heap);
  assert.throws(() => local.run(load(local, heap), 'trap', 4, [2]), /divi/);
});

test('a closed team refuses to run; an unknown entry is named', async () => {
  const heap = new Heap();
  const team = new WorkerTeam(heap, 2);
  const program = load(team, heap);
  assert.throws(() => team.run(program, 'nothing', 4, []), /no entry nothing/);
  team.close();
  assert.throws(() => team.run(program, 'trap', 4, [-1]), /closed/);
});

test('a thread that was killed is an error at the next run, not a hang', async () => {
  const heap = new Heap();
  const { team, kill } = mortalTeam(heap);
  const program = load(team, heap);
  await joined(team, heap, program);
  kill();
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.throws(() => team.run(program, 'trap', 4, [-1]), /lane 1 ended/);
});

test('a thread that does not come back from its task is given up after the patience', async () => {
  const heap = new Heap();
  const team = new WorkerTeam(heap, 2, { patienceMs: 100 });
  const program = load(team, heap);
  await joined(team, heap, program);
  const word = heap.allocate(4);
  assert.throws(() => {
    for (let i = 0; i < 100; i++) team.run(program, 'hang', 64, [word, 1_000_000, 2_000_000_000]);
  }, /lane 1 has not answered for 100 ms/);
  assert.throws(() => team.run(program, 'trap', 4, [-1]), /has not answered/, 'a broken team stays broken');
});

test('a thread that died while nobody looked costs nothing: the caller does the work itself', async () => {
  const heap = new Heap();
  const { team, kill } = mortalTeam(heap);
  const program = load(team, heap);
  await joined(team, heap, program);
  kill();
  const words = heap.allocate(4 * 64);
  heap.i32(words, 64).fill(0);
  try {
    team.run(program, 'mark', 64, [words, heap.allocate(4 * 64)]);
    assert.ok(heap.i32(words, 64).every((value) => value === 1));
  } catch (error) {
    assert.match(String(error), /lane 1 ended/); // a runtime that reports the end at once
  }
});

test('an unshared heap gets one lane, whatever was asked for', () => {
  const heap = new Heap({ shared: false, maximumBytes: 4 * 2 ** 20 });
  const team = createTeam(heap, 4);
  assert.equal(team.lanes, 1);
  const words = heap.allocate(400);
  heap.i32(words, 100).fill(0);
  team.run(load(team, heap), 'mark', 50, [words, heap.allocate(400)]);
  assert.equal(
    heap.i32(words, 100).reduce((a, b) => a + b),
    50,
  );
});
