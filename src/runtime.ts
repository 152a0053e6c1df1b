/**
 * @file Where a network runs: a heap, a team of lanes on it and a kernel set. Made once, handed down, closed at the end.
 */
import type { Kernels } from './kernels/kernels.ts';
import { referenceKernels } from './kernels/reference.ts';
import { createSimdKernels } from './kernels/simd.ts';
import { createTeam } from './memory/create-team.ts';
import { Heap } from './memory/heap.ts';
import type { Team } from './memory/team.ts';

export type KernelSet = 'simd' | 'reference';

export interface Runtime {
  readonly heap: Heap;
  readonly team: Team;
  readonly kernels: Kernels;
  close(): void;
}

export interface RuntimeOptions {
  /** Default: simd. */
  readonly kernels?: KernelSet;
  /** Threads, the calling one included. Results do not depend on it. Default: 1. */
  readonly workers?: number;
  /**
   * Where the module of the threads lies (`strelu/lane`), for bundlers that do not follow `new Worker(new URL(...))` (esbuild does
   * not). Default: beside the module that starts them.
   */
  readonly workerUrl?: string | URL;
}

/**
 * @example
 * const runtime = createRuntime({ kernels: 'reference' });
 * runtime.kernels.name; // 'reference'
 * runtime.close();
 */
export function createRuntime({ kernels = 'simd', workers = 1, workerUrl }: RuntimeOptions = {}): Runtime {
  const heap = new Heap();
  const team = createTeam(heap, workers, workerUrl);
  return {
    heap,
    team,
    kernels: kernels === 'simd' ? createSimdKernels(heap, team) : referenceKernels,
    close: () => team.close(),
  };
}
