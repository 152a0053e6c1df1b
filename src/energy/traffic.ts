/**
 * @file Memory traffic of one inference, in bytes, by a simple model that is stated here and in results; apart from arithmetic,
 * and never added to it. What each moves:
 *
 *     weights      without reuse: one weight per multiply-accumulate or accumulate.
 *                  ideal cache: each weight once per inference (ANN, and what reads the image), or at most once in each step
 *                  (behind spikes; no more than that step's accumulates ask for, of the mean image)
 *     activations  ANN: each layer's map is written once and read once by each layer that reads it; the image only read
 *     spikes       SNN: each spike is an address, written once and read once by each layer that reads its layer; the image once
 *     constants    ANN: one bias per neuron. SNN: the constant current, one per neuron that has one, computed and written once
 *                  where the image is read, and read at each step
 *     potentials   SNN: each neuron's is read and written at each step; so are the sums of the readout
 */
import { mapSize } from '../nn/architecture.ts';
import { sourceShape } from '../snn/geometry.ts';
import { onInt8Grid } from '../snn/grid.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../snn/network.ts';
import type { SimulationResult } from '../snn/simulation.ts';
import { biases, countOperations, type OperationCounts, stepsRun } from './operations.ts';

/** Bytes of one of each. */
export interface Widths {
  readonly weight: number;
  readonly activation: number;
  /** A potential, a bias, a constant current. */
  readonly potential: number;
  /** The address of the neuron that fired. */
  readonly spike: number;
}

/** Bytes per image. */
export interface AnnTraffic {
  readonly weights: number;
  readonly weightsIdeal: number;
  readonly activations: number;
  readonly constants: number;
}

/** [steps]: bytes per image up to and including step t = 1, 2, ... */
export interface SnnTraffic {
  readonly weights: readonly number[];
  readonly weightsIdeal: readonly number[];
  readonly spikes: readonly number[];
  readonly constants: readonly number[];
  readonly potentials: readonly number[];
}

export interface Traffic {
  readonly widths: Widths;
  readonly ann: AnnTraffic;
  readonly snn: SnnTraffic;
}

/** float32 throughout; on the int8 grid weights and activations of 8 bits, sums of 32. */
export function widthsOf(network: SpikingNetwork): Widths {
  const narrow = onInt8Grid(network) ? 1 : 4;
  return { weight: narrow, activation: narrow, potential: 4, spike: 4 };
}

/** @param counts of the same run */
export function countTraffic(
  network: SpikingNetwork,
  result: SimulationResult,
  counts: OperationCounts = countOperations(network, result),
  widths: Widths = widthsOf(network),
): Traffic {
  const { layers } = network;
  const readers = (from: number): number =>
    layers.filter(({ inputs }) => inputs.some((synapses) => synapses.from === from)).length;
  const size = (from: number): number => mapSize(sourceShape(network, from));
  const seeing = layers.filter(({ inputs }) => inputs.some(({ from }) => from < 0));
  const count = (over: readonly SpikingLayer[]): number =>
    over.reduce((sum, { shape }) => sum + mapSize(shape), 0);
  const maps = layers.reduce((sum, { shape }, l) => sum + mapSize(shape) * (1 + readers(l)), 0);
  const weights = layers.map((_, from) => weightsFrom(network, from));
  const charged = layers.map((_, from) => weights[from]! + identitiesFrom(network, from));
  const seen = weightsFrom(network, -1);
  const image = size(-1) * readers(-1) * widths.activation;

  const total = { asked: counts.snnMac, least: seen, spikes: 0 };
  const run = stepsRun(result);
  const snn = run.map((steps, t) => {
    const running = steps - (run[t - 1] ?? 0);
    result.layers.forEach(({ spikes, accumulates }, l) => {
      const asked = accumulates[t]! / result.images;
      total.asked += asked;
      total.least += Math.min(asked, charged[l]! * running);
      total.spikes += (spikes[t]! / result.images) * (1 + readers(l));
    });
    return {
      weights: total.asked * widths.weight,
      weightsIdeal: total.least * widths.weight,
      spikes: total.spikes * widths.spike + image,
      constants: (counts.constantAdds[t]! + count(seeing)) * widths.potential,
      potentials: 2 * steps * count(layers) * widths.potential,
    };
  });
  const each = (key: keyof SnnTraffic): number[] => snn.map((step) => step[key]);
  return {
    widths,
    ann: {
      weights: counts.annMac * widths.weight,
      weightsIdeal: weights.reduce((sum, w) => sum + w, seen) * widths.weight,
      activations: maps * widths.activation + image,
      constants: layers.reduce((sum, layer) => sum + biases(layer), 0) * widths.potential,
    },
    snn: {
      weights: each('weights'),
      weightsIdeal: each('weightsIdeal'),
      spikes: each('spikes'),
      constants: each('constants'),
      potentials: each('potentials'),
    },
  };
}

/** Weights that layer `from` (-1: the image) is read through. */
function weightsFrom(network: SpikingNetwork, from: number): number {
  return synapsesFrom(network, from).reduce(
    (sum, { kind, weight }) => sum + (kind === 'identity' ? 0 : weight.length),
    0,
  );
}

/** An identity has one number per channel where spikes pass it: the height that its source's spikes carry. */
function identitiesFrom(network: SpikingNetwork, from: number): number {
  const identities = synapsesFrom(network, from).filter(({ kind }) => kind === 'identity');
  return identities.length * sourceShape(network, from)[2];
}

function synapsesFrom(network: SpikingNetwork, from: number): Synapses[] {
  return network.layers.flatMap(({ inputs }) => inputs.filter((synapses) => synapses.from === from));
}
