/** @file One fault of one thread: what came of it, and that nothing was lost, left over, or wrong afterwards. */
import assert from 'node:assert/strict';
import { clock, type Fault, failing } from './plan.ts';
import { type FaultWork, runtimeOf } from './works.ts';

export interface Tried {
  /** An error told of it; or others did the work, and the result was right; or the thread had not come so far. */
  readonly outcome: 'error' | 'done all the same' | 'did not happen';
  /** From the fault to the error or the result. */
  readonly ms: number;
}

export interface TryRequest {
  readonly name: string;
  readonly work: FaultWork;
  readonly fault: Fault;
  /** Pieces of work that the thread does before. */
  readonly at: number;
  readonly patienceMs?: number;
  /** The digest of the right result, and what the heap holds after it. */
  readonly right: { readonly result: string; readonly used: number };
}

/** Runs before a fault counts as not to happen. */
const MOST_RUNS = 60;

/** The work done by threads that do not fail. */
export async function rightOf(work: FaultWork): Promise<TryRequest['right']> {
  const runtime = runtimeOf({});
  try {
    const result = await work.run(runtime, {});
    return { result, used: runtime.heap.used };
  } finally {
    runtime.close();
  }
}

/** @throws AssertionError when the fault was told of in other words than it should be, gave a wrong result, or left something */
export async function tryFault(request: TryRequest): Promise<Tried> {
  const { name, work, fault, at, right } = request;
  const patience = request.patienceMs === undefined ? {} : { patienceMs: request.patienceMs };
  const { spawn, happened, threads } = failing(fault, at);
  const runtime = runtimeOf({ ...(work.breaks && { spawn }), ...patience });
  const told = `${name}, thread ${fault} at ${at}`;
  const ends = (): Promise<void>[] =>
    threads.map((thread) => new Promise((resolve) => thread.onExit(() => resolve())));
  const watched = ends();
  try {
    for (let run = 0; run < MOST_RUNS; run++) {
      let error: Error | null = null;
      let result: string | null = null;
      try {
        result = await work.run(runtime, { ...(!work.breaks && { spawn }), ...patience });
      } catch (thrown) {
        error = thrown as Error;
      }
      const ms = clock() - happened();
      if (error === null) assert.equal(result, right.result, `${told}: a wrong result`);
      assert.ok(runtime.heap.used <= right.used, `${told}: ${runtime.heap.used - right.used} bytes are held`);
      if (happened() === 0) {
        if (error) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5)); // the thread may still be starting
        continue;
      }
      if (error === null) return { outcome: 'done all the same', ms };
      assert.ok(work.breaks, `${told}: expected the work done by others, found ${error.message}`);
      assert.match(error.message, MESSAGES[fault], told);
      if (fault === 'throws' || fault === 'traps') {
        // Only the job was lost, not the thread: the same runtime goes on.
        assert.equal(await work.run(runtime, {}), right.result, `${told}: wrong afterwards`);
        assert.equal(runtime.heap.used, right.used, `${told}: held afterwards`);
      } else {
        const { used } = runtime.heap;
        await assert.rejects(work.run(runtime, {}), /^Error: team: lane 1 /, told);
        assert.equal(runtime.heap.used, used, `${told}: held after a second error`);
      }
      return { outcome: 'error', ms };
    }
    return { outcome: 'did not happen', ms: 0 };
  } finally {
    runtime.close();
    // A thread that stayed would keep this waiting; threads alone do not keep a process.
    const alive = setInterval(() => {}, 1000);
    await Promise.all(watched);
    clearInterval(alive);
  }
}

const MESSAGES: Readonly<Record<Fault, RegExp>> = {
  throws: /^team: \S.* failed on lane 1: a fault of the test$/,
  traps: /^team: \S.* failed on lane 1: unreachable/,
  hangs: /^team: lane 1 has not answered for \d+ ms; its thread is gone or hangs$/,
  loops: /^team: lane 1 has not answered for \d+ ms; its thread is gone or hangs$/,
  ends: /^team: lane 1 (has not answered for \d+ ms; its thread is gone or hangs|ended)/,
};
