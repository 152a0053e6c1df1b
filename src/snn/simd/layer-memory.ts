/**
 * @file The addresses of one layer in the heap: what lay-out.ts allocates and the engine works with.
 */
import type { SpikingLayer } from '../network.ts';
import type { Constant } from './constant-memory.ts';
import type { Pixels } from './group-memory.ts';
import type { MaxPoolMemory } from './max-pool-memory.ts';
import type { Blocks } from './pack.ts';
import type { Product } from './product-memory.ts';
import type { QueueMemory } from './queue-memory.ts';

/** A group whose row lists are made before the layer runs; `rowBytes` for a row of the output, in `pages` that take turns. */
export interface Merge {
  readonly group: number;
  readonly rowBytes: number;
  readonly pages: number;
}

/** Steps from..from+now-1 of images first..first+count-1, of a run: those that are in the heap. */
export interface HeldSteps {
  readonly first: number;
  readonly count: number;
  readonly from: number;
  readonly now: number;
}

export interface LayerMemory {
  readonly layer: SpikingLayer;
  readonly blocks: Blocks;
  readonly positions: number;
  readonly descriptor: number;
  readonly rowTasks: number;
  /** The number of spiking layers on the longest path from the image to this one. */
  readonly depth: number;
  /** Steps that the heap holds at once. */
  readonly steps: number;
  /** The groups whose row lists are made before the layer runs. */
  readonly merges: readonly Merge[];
  /** The groups that are matrix products, computed before the layer runs. */
  readonly products: readonly Product[];
  /** The descriptor that fills the constant current from the image; 0 where it is the bias alone. */
  readonly analogue: number;
  readonly pixels: readonly Pixels[];
  /** The layer's constant current, and one of zeros to switch it off. */
  readonly constant: Constant;
  readonly silence: Constant;
  /** Spike counts, for modes that need them; else 0. */
  readonly sent: number;
  /** The mode in which an accumulated answer is sent. */
  readonly emission: number;
  /** Bytes of one image's potentials. */
  readonly mapBytes: number;
  readonly masks: number;
  /** The values that have a word of masks of their own. */
  readonly planes: readonly number[];
  readonly currents: number;
  readonly membranes: number;
  readonly overloads: number;
  /** T where a neuron's currents are judged by their mean over all steps, 1 where each is by itself. */
  readonly stepsOfOverload: number;
  readonly fanOuts: number;
  readonly totals: number;
  readonly maxPools: readonly MaxPoolMemory[];
  readonly queues: readonly QueueMemory[];
}
