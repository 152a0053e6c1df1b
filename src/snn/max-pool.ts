/**
 * @file Max pooling of spikes (law L22): a window hands on by how much the largest signed count of its neurons has grown,
 *
 *     s_pool(t) = max_j N_j(t) - max_j N_j(t - 1),   N_j(0) = 0        so sum_t s_pool(t) = max_j N_j(t)
 *
 * Neurons that send lowest..highest spikes in a step have windows that do the same.
 */
import { type MapShape, mapSize } from '../nn/architecture.ts';
import type { MapWindow } from '../nn/map-window.ts';
import { fanOut } from './fan-out.ts';
import { synapseGeometry } from './geometry.ts';
import type { SpikingNetwork } from './network.ts';
import { largestOfWindows } from './windows.ts';

/** The windows through which some synapses read a layer. */
export interface MaxPool {
  /** Index of the layer; spikes only: an image has no counts. */
  readonly from: number;
  readonly window: MapWindow;
  readonly source: MapShape;
  readonly sent: MapShape;
  readonly key: string;
  /** [positions of `sent`]: how many synapses a spike of a window passes. */
  readonly fanOut: Float64Array<ArrayBuffer>;
}

/** The same for equal windows. */
export const maxPoolKey = ({ window, stride, padding }: MapWindow): string =>
  [...window, ...stride, ...padding].join();

/** All windows through which layer `from` is read. */
export function maxPoolsOf(network: SpikingNetwork, from: number): MaxPool[] {
  const pools = new Map<string, MaxPool>();
  for (const layer of network.layers)
    for (const synapses of layer.inputs) {
      if (synapses.from !== from || !synapses.maxPool) continue;
      const { maxPool: window, source, sent } = synapseGeometry(network, layer, synapses);
      const key = maxPoolKey(window!);
      if (!pools.has(key))
        pools.set(key, { from, window: window!, source, sent, key, fanOut: fanOut(network, from, window!) });
    }
  return [...pools.values()];
}

/** The counts of one image, and the spikes that its windows hand on. */
export class PooledCounts {
  readonly pool: MaxPool;
  /** [sent], of the last step. */
  readonly s: Int8Array<ArrayBuffer>;
  readonly #counts: Int32Array<ArrayBuffer>;
  readonly #largest: Int32Array<ArrayBuffer>;
  readonly #before: Int32Array<ArrayBuffer>;

  constructor(pool: MaxPool) {
    this.pool = pool;
    const size = mapSize(pool.sent);
    this.s = new Int8Array(size);
    this.#counts = new Int32Array(mapSize(pool.source));
    this.#largest = new Int32Array(size);
    this.#before = new Int32Array(size);
  }

  /**
   * One step.
   * @param s [source], what the neurons send
   * @returns the accumulates that the windows' spikes cause
   */
  step(s: Int8Array): number {
    const { window, source, sent, fanOut: synapses } = this.pool;
    for (let i = 0; i < s.length; i++) this.#counts[i]! += s[i]!;
    this.#before.set(this.#largest);
    largestOfWindows(window, source, sent, this.#counts, this.#largest);
    let accumulates = 0;
    for (let i = 0; i < this.s.length; i++) {
      const increase = this.#largest[i]! - this.#before[i]!;
      this.s[i] = increase;
      accumulates += Math.abs(increase) * synapses[Math.floor(i / sent[2])]!;
    }
    return accumulates;
  }
}
