/**
 * @file The neurons of one layer for one image: potentials and the spikes of the current step.
 */
import { type MapShape, mapSize } from '../../nn/architecture.ts';
import { emitSlot } from '../accumulate.ts';
import type { SpikingLayer, SpikingNetwork } from '../network.ts';
import type { Neuron } from '../neurons/neuron.ts';
import { type Fired, step } from '../step.ts';
import type { Tally } from '../tally.ts';

/** The state of a layer's neurons. */
export interface Population {
  readonly shape: MapShape;
  readonly neuron: Neuron;
  /** [1] or [channels]. */
  readonly theta: Float32Array<ArrayBufferLike>;
  /** [neurons], v after the last step. */
  readonly v: Float32Array<ArrayBuffer>;
  /** [neurons], spikes of the current step. */
  readonly s: Int8Array<ArrayBuffer>;
  /** [neurons], signed count of all spikes. */
  readonly sent: Int32Array<ArrayBuffer>;
  /** T, by which a rule may limit the count. */
  readonly steps: number;
}

/** Neurons at their initial potential; `steps` is T. */
export function createPopulation(network: SpikingNetwork, layer: SpikingLayer, steps: number): Population {
  const count = mapSize(layer.shape);
  const { shape, theta } = layer;
  const v = Float32Array.from(
    { length: count },
    (_, i) => (theta[i % theta.length] ?? 0) * network.initialPotential,
  );
  return {
    shape,
    neuron: network.neuron,
    theta,
    v,
    s: new Int8Array(count),
    sent: new Int32Array(count),
    steps,
  };
}

const thresholdOf = ({ theta, shape }: Population, i: number): number =>
  theta[theta.length > 1 ? i % shape[2] : 0]!;

/**
 * One step of all neurons. m = v + I is rounded to float32 before it is compared.
 * @param current [neurons]
 * @returns the number of spikes
 */
export function stepPopulation(
  population: Population,
  current: Float32Array<ArrayBufferLike>,
  tally: Tally,
  l: number,
  image: number,
  t: number,
): number {
  const { v, sent, steps } = population;
  const { rule } = population.neuron;
  if (t < tally.steps)
    tally.addOverloads(
      l,
      overloaded(population, (i) => current[i]!, 1),
    );
  return fireAll(population, current, tally, l, image, t, (i, theta) => {
    const m = Math.fround(v[i]! + current[i]!);
    return step(m, 0, theta, rule, sent[i]!, steps);
  });
}

/**
 * All inputs first (law L17), then T slots of emission; currents: [steps][neurons]. Potentials start at theta / 2 and
 * fire as accumulate.ts says. Only the sum of a neuron's currents matters, so that it is overloaded where their mean is.
 * Returns the spikes, [steps][neurons].
 */
export function emitPopulation(
  population: Population,
  currents: readonly Float32Array<ArrayBufferLike>[],
  tally: Tally,
  l: number,
  image: number,
): Int8Array<ArrayBuffer>[] {
  const { neuron, v, s, sent, steps } = population;
  for (let i = 0; i < v.length; i++) {
    v[i] = thresholdOf(population, i) / 2;
    for (const current of currents) v[i]! += current[i]!;
  }
  const sum = (i: number): number => v[i]! - thresholdOf(population, i) / 2;
  tally.addOverloads(l, steps * overloaded(population, sum, steps));
  return currents.map((current, t) => {
    fireAll(population, current, tally, l, image, t, (i, theta) =>
      emitSlot(neuron, v[i]!, sent[i]!, theta, steps),
    );
    return s.slice();
  });
}

/** How many neurons receive more than theta a step, up or down. `received`: in this many steps. */
function overloaded(population: Population, received: (i: number) => number, steps: number): number {
  let count = 0;
  for (let i = 0; i < population.v.length; i++) {
    const most = Math.fround(thresholdOf(population, i) * steps);
    if (Math.abs(Math.fround(received(i))) > most) count++;
  }
  return count;
}

function fireAll(
  population: Population,
  current: Float32Array<ArrayBufferLike>,
  tally: Tally,
  l: number,
  image: number,
  t: number,
  rule: (i: number, theta: number) => Fired,
): number {
  const { v, s, sent, shape } = population;
  const channels = shape[2];
  let total = 0;
  for (let position = 0; position * channels < v.length; position++) {
    let spikes = 0;
    for (let c = 0; c < channels; c++) {
      const i = position * channels + c;
      const theta = thresholdOf(population, c);
      const fired = rule(i, theta);
      v[i] = fired.v;
      s[i] = fired.s;
      sent[i]! += fired.s;
      spikes += Math.abs(fired.s);
    }
    tally.addSpikesAt(l, t, position, spikes);
    total += spikes;
  }
  tally.record(l, image, t, { spikes: s, membrane: v, currents: current });
  return total;
}
