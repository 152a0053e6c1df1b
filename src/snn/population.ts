/**
 * @file The neurons of one layer for one image: potentials and the spikes of the present step.
 */
import type { MapShape } from '../nn/architecture.ts';
import { neurons } from './geometry.ts';
import type { SpikingLayer, SpikingNetwork } from './network.ts';
import { FIRE_RULES, type FireRule, step } from './neuron.ts';
import type { Tally } from './tally.ts';

export interface Population {
  readonly shape: MapShape;
  readonly rule: FireRule;
  /** [1] or [channels]. */
  readonly theta: Float32Array<ArrayBufferLike>;
  /** [neurons], v after the last step. */
  readonly v: Float32Array<ArrayBuffer>;
  /** [neurons], -1, 0 or 1. */
  readonly s: Int8Array<ArrayBuffer>;
}

export function createPopulation(network: SpikingNetwork, layer: SpikingLayer): Population {
  if (network.neuron === 'tracer') throw new Error('tracer neurons run in the settling schedule');
  const count = neurons(layer.shape);
  const { theta } = layer;
  const v = Float32Array.from(
    { length: count },
    (_, i) => (theta[i % theta.length] ?? 0) * network.initialPotential,
  );
  return { shape: layer.shape, rule: FIRE_RULES[network.neuron], theta, v, s: new Int8Array(count) };
}

/** One step of all neurons; current: [neurons]. m = v + I is rounded to float32 before it is compared. */
export function stepPopulation(
  population: Population,
  current: Float32Array<ArrayBufferLike>,
  tally: Tally,
  l: number,
  image: number,
  t: number,
): void {
  const { theta, rule, v, s, shape } = population;
  const channels = shape[2];
  const each = theta.length > 1 ? 1 : 0;
  for (let position = 0; position * channels < v.length; position++) {
    let spikes = 0;
    for (let c = 0; c < channels; c++) {
      const i = position * channels + c;
      const threshold = theta[c * each]!;
      const fired = step(Math.fround(v[i]! + current[i]!), 0, threshold, rule);
      v[i] = fired.v;
      s[i] = fired.s;
      spikes += Math.abs(fired.s);
      if (Math.abs(current[i]!) > threshold) tally.overloads[l]!++;
    }
    tally.count(l, t, position, spikes);
  }
  tally.keep(l, image, t, s, v, current);
}
