/** @file A thread that is to fail: what it does, and when. */
import { spawnThread, type Thread, type ThreadModule } from '../../src/platform/threads.ts';

/** What happens to a thread. */
export const FAULTS = ['throws', 'traps', 'hangs', 'loops', 'ends'] as const;
export type Fault = (typeof FAULTS)[number];

/** As a thread of FAULTY gets it, beside the data of the thread that it stands for. */
export interface Plan {
  readonly fault: Fault;
  /** At this piece of work, counted from 0. */
  readonly at: number;
  /** The module that the thread runs. */
  readonly module: string;
  /** One float64: when it happened, by the clock; 0: not yet. */
  readonly happened: SharedArrayBuffer;
  /** One int32: 1 once the thread is at work. */
  readonly begun: SharedArrayBuffer;
}

const FAULTY = new URL(
  import.meta.url.endsWith('.ts') ? './faulty-thread.ts' : './faulty-thread.js',
  import.meta.url,
);

/** A thread that is not up by then is not waited for. */
const STARTING_MS = 20_000;

/** Milliseconds since 1970, the same in all threads. */
export const clock = (): number => performance.timeOrigin + performance.now();

/**
 * Of threads that are started one after the other each fails half as late as the one before: where a thread is slow to come up (Deno), others
 * do most of its work.
 * @returns how threads are started so that each of them fails once, when that happened, and the threads
 */
export function failing(
  fault: Fault,
  at: number,
): { readonly spawn: typeof spawnThread; happened(): number; readonly threads: Thread[] } {
  const happened = new SharedArrayBuffer(8);
  const threads: Thread[] = [];
  const spawn = (module: ThreadModule, data: unknown): Thread => {
    const begun = new SharedArrayBuffer(4);
    const plan: Plan = { fault, at: at >> threads.length, module: module.address.href, happened, begun };
    const thread = spawnThread({ ...module, address: FAULTY }, { ...(data as object), plan });
    threads.push(thread);
    // What a lane does not do the caller does; without this the others would come too late for any work.
    if (!/lane\.[jt]s$/.test(plan.module)) Atomics.wait(new Int32Array(begun), 0, 0, STARTING_MS);
    return thread;
  };
  return { spawn, happened: () => new Float64Array(happened)[0]!, threads };
}
