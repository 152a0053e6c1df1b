/**
 * @file Where a network runs: a heap, a team of lanes on it and a kernel set. Made once, handed down, closed at the end.
 */
import { UsageError } from './errors.ts';
import type { Kernels } from './kernels/kernels.ts';
import { referenceKernels } from './kernels/reference.ts';
import { createSimdKernels } from './kernels/simd.ts';
import { type Closeable, closeable } from './memory/closeable.ts';
import { createTeam } from './memory/create-team.ts';
import { Heap } from './memory/heap.ts';
import { MAX_LANES } from './memory/mailbox.ts';
import type { Team } from './memory/team.ts';

/** simd: kernels assembled to WebAssembly. reference: plain loops, the specification. */
export type KernelSet = 'simd' | 'reference';

/** Where networks are trained and run. Closing it ends its threads; the memory of its heap goes when nothing refers to it any more. */
export interface Runtime extends Closeable {
  /** The memory of all tensors. */
  readonly heap: Heap;
  /** The threads. */
  readonly team: Team;
  readonly kernels: Kernels;
}

/** How to make a runtime. */
export interface RuntimeOptions {
  /** Default: simd. */
  readonly kernels?: KernelSet;
  /** Threads, the calling one included: 1 to 64. Results do not depend on it. Default: 1. */
  readonly workers?: number;
  /**
   * True: the same bits on every runtime and processor, without fused multiply-adds (of relaxed SIMD), which is slower where there is
   * one. Default false: the same bits on runtimes that have it (Node >= 22, Deno, Chromium), others where it is missing (Node 20).
   */
  readonly deterministic?: boolean;
  /**
   * Where the module of the threads lies (`strelu/lane`), for bundlers that do not follow `new Worker(new URL(...))` (esbuild does
   * not). Default: beside the module that starts them.
   */
  readonly workerUrl?: string | URL;
}

/**
 * Makes a place where networks run. Close it in the end: its threads keep a program alive.
 * @throws UsageError when the number of workers is none from 1 to 64, or the kernels have another name
 * @example
 * const runtime = createRuntime({ kernels: 'reference' });
 * runtime.kernels.name; // 'reference'
 * runtime.close();
 */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  const { kernels = 'simd', workers = 1, deterministic = false, workerUrl } = options;
  if (!Number.isInteger(workers) || workers < 1 || workers > MAX_LANES)
    throw new UsageError(`workers: expected a whole number from 1 to ${MAX_LANES}, found ${workers}`);
  if (kernels !== 'simd' && kernels !== 'reference')
    throw new UsageError(`kernels: expected simd or reference, found ${kernels}`);
  const heap = new Heap();
  const team = createTeam(heap, workers, { deterministic, laneUrl: workerUrl });
  return {
    heap,
    team,
    kernels: kernels === 'simd' ? createSimdKernels(heap, team) : referenceKernels,
    ...closeable(() => team.close()),
  };
}
