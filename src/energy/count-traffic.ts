/**
 * @file Memory traffic of one inference, in bytes, by a simple model that is stated here and in every result. It is reported
 * beside the arithmetic and never added to it. What is moved:
 *
 *     weights      without reuse: one weight for each multiply-accumulate or accumulate.
 *                  ideal cache: each weight once per inference (in the ANN, and where the image is read), or at most once
 *                  in each step (where spikes are read; no more than that step's accumulates need, for the mean image)
 *     activations  ANN: each layer's map is written once and read once by every layer that reads it; the image is only read
 *     spikes       SNN: each spike is an address, written once and read once by every layer that reads its layer; the image
 *                  is read once
 *                  (the spikes that a max pool's windows hand on, fewer than their neurons', are not counted again)
 *     constants    ANN: one bias for each neuron. SNN: one constant current for each neuron that has one, written once where
 *                  it is computed from the image, and read at each step
 *     potentials   SNN: that of each neuron is read and written at each step; so are the sums of the readout
 */
import { mapSize } from '../nn/architecture.ts';
import { sourceShape } from '../snn/geometry.ts';
import { onInt8Grid } from '../snn/grid.ts';
import type { SpikingLayer, SpikingNetwork, Synapses } from '../snn/network.ts';
import type { SimulationResult } from '../snn/simulation.ts';
import {
  biases,
  countOperations,
  type OperationCounts,
  type RunActivity,
  stepsRun,
} from './count-operations.ts';

/** How many bytes one number of each sort takes. */
export interface Widths {
  readonly weight: number;
  readonly activation: number;
  /** A potential, a bias or a constant current. */
  readonly potential: number;
  /** The address of the neuron that fired. */
  readonly spike: number;
}

/** Bytes that the ANN moves per image. */
export interface AnnTraffic {
  /** Each weight as often as it is used. */
  readonly weights: number;
  /** The same with an ideal cache. */
  readonly weightsIdeal: number;
  /** Written once, and read once by each layer that reads them; the image among them. */
  readonly activations: number;
  readonly constants: number;
}

/** Bytes that the SNN moves per image, each [steps]: up to and including step t = 1, 2, ... */
export interface SnnTraffic {
  /** A weight for each spike and synapse. */
  readonly weights: readonly number[];
  /** The same with an ideal cache. */
  readonly weightsIdeal: readonly number[];
  /** The address of each spike, written once and read once by each layer that reads it; the image among them. */
  readonly spikes: readonly number[];
  readonly constants: readonly number[];
  /** Read and written at each update. */
  readonly potentials: readonly number[];
}

/** What one image moves, in bytes. */
export interface Traffic {
  readonly widths: Widths;
  readonly ann: AnnTraffic;
  readonly snn: SnnTraffic;
}

/** What of a network decides its traffic, whatever the images. */
export interface TrafficCosts {
  readonly widths: Widths;
  readonly ann: AnnTraffic;
  /** Bytes of the image, as often as it is read. */
  readonly image: number;
  /** Neurons that have a potential, the readout's sums among them; neurons that read the image. */
  readonly neurons: number;
  readonly readingImage: number;
  /** Weights that the image is read through; those that each layer is read through, and how many layers read it. */
  readonly imageWeights: number;
  readonly weights: readonly number[];
  readonly readers: readonly number[];
}

/** float32 throughout; on the int8 grid weights and activations have 8 bits, sums 32. */
export function widthsOf(network: SpikingNetwork): Widths {
  const number = onInt8Grid(network) ? Int8Array.BYTES_PER_ELEMENT : Float32Array.BYTES_PER_ELEMENT;
  const wide = Float32Array.BYTES_PER_ELEMENT;
  return { weight: number, activation: number, potential: wide, spike: wide };
}

/**
 * Counts the bytes that a run of the network moved, and those that its ANN would have moved.
 * @param result of this network
 * @param counts of the same run
 * @example
 * const { ann, snn: spiking } = countTraffic(snn, result);
 * spiking.potentials.length; // 8: one number for each step
 * ann.weightsIdeal <= ann.weights; // true
 */
export function countTraffic(
  network: SpikingNetwork,
  result: SimulationResult,
  counts: OperationCounts = countOperations(network, result),
  widths: Widths = widthsOf(network),
): Traffic {
  return trafficOf(trafficCosts(network, counts, widths), result, counts);
}

/** @param result of the network of these costs @param counts of the same run */
export function trafficOf(costs: TrafficCosts, result: RunActivity, counts: OperationCounts): Traffic {
  const { widths, ann } = costs;
  return { widths, ann, snn: snnTraffic(costs, result, counts) };
}

/** @param counts of the network */
export function trafficCosts(
  network: SpikingNetwork,
  counts: Pick<OperationCounts, 'annMac'>,
  widths: Widths = widthsOf(network),
): TrafficCosts {
  const { layers } = network;
  const count = (over: readonly SpikingLayer[]): number =>
    over.reduce((sum, { shape }) => sum + mapSize(shape), 0);
  return {
    widths,
    ann: annTraffic(network, counts, widths),
    image: imageRead(network, widths),
    neurons: count(layers),
    readingImage: count(layers.filter(({ inputs }) => inputs.some(({ from }) => from < 0))),
    imageWeights: weightsFrom(network, -1),
    weights: layers.map((_, from) => weightsFrom(network, from) + identitiesFrom(network, from)),
    readers: layers.map((_, from) => readers(network, from)),
  };
}

/** The same network with numbers of other widths: every count stays. */
export function withWidths(costs: TrafficCosts, widths: Widths): TrafficCosts {
  const { ann, image, widths: had } = costs;
  return {
    ...costs,
    widths,
    ann: {
      weights: (ann.weights / had.weight) * widths.weight,
      weightsIdeal: (ann.weightsIdeal / had.weight) * widths.weight,
      activations: (ann.activations / had.activation) * widths.activation,
      constants: (ann.constants / had.potential) * widths.potential,
    },
    image: (image / had.activation) * widths.activation,
  };
}

function annTraffic(
  network: SpikingNetwork,
  counts: Pick<OperationCounts, 'annMac'>,
  widths: Widths,
): AnnTraffic {
  const { layers } = network;
  const maps = layers.reduce((sum, { shape }, l) => sum + mapSize(shape) * (1 + readers(network, l)), 0);
  const weights = layers.reduce((sum, _, from) => sum + weightsFrom(network, from), weightsFrom(network, -1));
  return {
    weights: counts.annMac * widths.weight,
    weightsIdeal: weights * widths.weight,
    activations: maps * widths.activation + imageRead(network, widths),
    constants: layers.reduce((sum, layer) => sum + biases(layer), 0) * widths.potential,
  };
}

function snnTraffic(
  { widths, image, neurons, readingImage, imageWeights, weights, readers }: TrafficCosts,
  result: RunActivity,
  counts: OperationCounts,
): SnnTraffic {
  const total = { asked: counts.snnMac, least: imageWeights, spikes: 0 };
  const run = stepsRun(result);
  const steps = run.map((ran, t) => {
    const running = ran - (run[t - 1] ?? 0);
    result.layers.forEach(({ spikes, accumulates }, l) => {
      const asked = accumulates[t]! / result.images;
      total.asked += asked;
      total.least += Math.min(asked, weights[l]! * running);
      total.spikes += (spikes[t]! / result.images) * (1 + readers[l]!);
    });
    return {
      weights: total.asked * widths.weight,
      weightsIdeal: total.least * widths.weight,
      spikes: total.spikes * widths.spike + image,
      constants: (counts.constantAdds[t]! + readingImage) * widths.potential,
      potentials: 2 * ran * neurons * widths.potential,
    };
  });
  const each = (key: keyof SnnTraffic): number[] => steps.map((step) => step[key]);
  return {
    weights: each('weights'),
    weightsIdeal: each('weightsIdeal'),
    spikes: each('spikes'),
    constants: each('constants'),
    potentials: each('potentials'),
  };
}

/** How many layers read layer `from` (-1: the image). */
function readers({ layers }: SpikingNetwork, from: number): number {
  return layers.filter(({ inputs }) => inputs.some((synapses) => synapses.from === from)).length;
}

/** The image is read once by each layer that reads it. */
function imageRead(network: SpikingNetwork, { activation }: Widths): number {
  return mapSize(sourceShape(network, -1)) * readers(network, -1) * activation;
}

/** How many weights layer `from` (-1: the image) is read through. */
function weightsFrom(network: SpikingNetwork, from: number): number {
  return synapsesFrom(network, from).reduce(
    (sum, { kind, weight }) => sum + (kind === 'identity' ? 0 : weight.length),
    0,
  );
}

/** An identity that spikes pass has one number for each channel: the height of its source's spikes. */
function identitiesFrom(network: SpikingNetwork, from: number): number {
  const identities = synapsesFrom(network, from).filter(({ kind }) => kind === 'identity');
  return identities.length * sourceShape(network, from)[2];
}

function synapsesFrom(network: SpikingNetwork, from: number): Synapses[] {
  return network.layers.flatMap(({ inputs }) => inputs.filter((synapses) => synapses.from === from));
}
