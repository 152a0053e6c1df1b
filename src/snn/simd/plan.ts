/**
 * @file How the SIMD engine goes about a simulation: how many images and steps it holds at once, and in which order the layers and
 * steps of these are run. None of it changes a spike where no sum rounds.
 */
import type { RecordOptions, Schedule } from '../simulation.ts';

export interface Plan {
  readonly engine: 'events' | 'products' | 'mixed';
  /** The layers that receive their spikes as matrix products; the others by events. */
  readonly products: ReadonlySet<number>;
  readonly schedule: Schedule;
  readonly record: RecordOptions;
  /** T. */
  readonly steps: number;
  /** Steps that the heap holds at once. */
  readonly window: number;
  /** Images that the heap holds at once. */
  readonly batch: number;
  /** Within a window: several layers side by side, each at a step of its own, or one layer after the other. */
  readonly waves: boolean;
  /** Of the layers by products, those that multiply the counts of all T steps once, not the spikes of each step. */
  readonly counted: ReadonlySet<number>;
  readonly lanes: number;
}
