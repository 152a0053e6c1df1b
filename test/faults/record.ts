/** @file What `npm run faults` came to. */
import type { Machine } from '../../src/report/result.ts';

/** Seconds from a fault of a thread to the error, or to the result that others made. */
export const MOST_SECONDS = 5;

export interface FaultRow {
  /** Faults that happened. */
  faults: number;
  /** Of them: an error told of it. */
  errors: number;
  /** Of them: others did the work, with the right result. */
  done: number;
  slowestSeconds: number;
}

export interface FaultRecord {
  readonly command: string;
  readonly seed: number;
  date: string;
  readonly machine: Machine;
  /** By work and by what happens to its thread: `training, hangs`. */
  readonly works: { [name: string]: FaultRow };
}
