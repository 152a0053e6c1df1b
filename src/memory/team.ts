/**
 * @file What runs a kernel on several threads of one heap: the interface. Implementations live beside this file.
 */

import type { Closeable } from './closeable.ts';

/** A WebAssembly module, instantiated on every lane with the heap's memory as import "env"."memory". */
export interface Program {
  readonly id: number;
  /** The calling thread's instance, for entries that are called directly. */
  readonly exports: Readonly<Record<string, (...args: number[]) => number | undefined>>;
}

/**
 * A parallel for. Lanes (the calling thread is lane 0) draw task numbers from one counter, so which lane runs a task
 * is open; every output is therefore computed by exactly one task, in an order fixed by the task alone.
 *
 * Closing a team ends its threads. Programs stay loaded for as long as their team, their bytes for as long as the heap.
 */
export interface Team extends Closeable {
  /** Number of lanes, the calling thread included. */
  readonly lanes: number;
  /** Threads that have done at least one task so far: fewer than lanes - 1 while some are still starting. */
  readonly helpers: number;
  /**
   * True: programs keep to instructions whose result every runtime and processor must give to the last bit. A fused multiply-add, which
   * rounds once where a product and a sum round twice, is not among them; whole numbers, which nothing rounds, may be multiplied by
   * relaxed SIMD.
   */
  readonly deterministic: boolean;
  /** True: it has been closed, and runs nothing any more. */
  readonly closed: boolean;
  /** Compiles and instantiates a module on every lane. Imports: env.memory only. */
  load(bytes: Uint8Array<ArrayBuffer>): Program;
  /**
   * Calls `entry(task, lane, ...args)` for task = 0 .. tasks-1 and returns when all are done.
   * `lane` only selects scratch memory. At most 24 args; i32, f32 and f64 parameters all take plain numbers.
   * @throws Error when a lane's kernel traps or a worker died; UsageError when the team has been closed
   */
  run(program: Program, entry: string, tasks: number, args: readonly number[]): void;
}

/** How a team is made. */
export interface TeamOptions {
  /** Default false. */
  readonly deterministic?: boolean;
  /** Where the lanes' module lies, for those who bundle it themselves. */
  readonly laneUrl?: string | URL | undefined;
  /** A task that takes longer than this on one lane counts as lost together with its thread. Default 4,000; pauses of the whole process do not count. */
  readonly patienceMs?: number;
}
