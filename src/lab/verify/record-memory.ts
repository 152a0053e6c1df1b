/**
 * @file How much memory the records of a run take that is checked neuron by neuron, and how many images may be run at once: the memory of a
 * verification is bounded whatever T, the network and the number of threads.
 */
import { UsageError } from '../../errors.ts';
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { RecordOptions } from '../../snn/simulation.ts';

/** The records of a portion, in all threads together, take at most this much, unless single images need more. */
export const PORTION_BYTES: number = 256 * 2 ** 20;
/** A single image that needs more than this is refused. */
export const IMAGE_BYTES: number = 2 ** 31;
/** All threads together take about this much at most, each with one image and the network; one thread may take more. */
export const THREADS_BYTES: number = 2 ** 30;
/** As they are, as the engine packs them, and as propagation lays them out. */
const WEIGHT_COPIES = 3;

/** What is worked out of one image takes about this many float64 of every neuron. */
const CHECK_FLOATS = 60;

const neuronsOf = ({ layers }: SpikingNetwork): number =>
  layers.slice(0, -1).reduce((sum, { shape }) => sum + mapSize(shape), 0);

/** The bytes that the records of one image take. */
export function recordBytes(network: SpikingNetwork, steps: number, record: RecordOptions): number {
  const neurons = neuronsOf(network);
  const perStep = (record.spikes ? 1 : 0) + (record.membrane ? 4 : 0) + (record.currents ? 4 : 0);
  const readout = record.currents ? 4 * steps * network.classes : 0;
  return neurons * (steps * perStep + (record.counts ? 4 : 0)) + readout;
}

/** How many threads, at most, may each have the network and what is recorded and worked out of one image: at least 1. */
export function threadsInMemory(network: SpikingNetwork, steps: number, record: RecordOptions): number {
  const image = recordBytes(network, steps, record) + workBytes(network);
  return Math.max(1, Math.floor(THREADS_BYTES / (image + WEIGHT_COPIES * weightBytes(network))));
}

const workBytes = (network: SpikingNetwork): number => 8 * CHECK_FLOATS * neuronsOf(network);

const weightBytes = ({ layers }: SpikingNetwork): number =>
  layers.reduce((sum, { inputs }) => sum + inputs.reduce((own, { weight }) => own + weight.byteLength, 0), 0);

/**
 * The number of images whose records a thread holds at once, at least 1.
 * @param most of them
 * @param threads that hold as many
 * @throws UsageError when one alone would take more than 2 GiB: it names the T that fits
 */
export function imagesOnRecord(
  network: SpikingNetwork,
  steps: number,
  record: RecordOptions,
  most: number,
  threads = 1,
): number {
  const bytes = recordBytes(network, steps, record);
  if (bytes > IMAGE_BYTES) {
    const fits = Math.floor((steps * IMAGE_BYTES) / bytes);
    throw new UsageError(
      `${network.name}: every current and potential of one image over T = ${steps} steps takes ${(bytes / 2 ** 30).toFixed(1)} GiB, expected at most ${IMAGE_BYTES / 2 ** 30}; check at most ${fits} steps`,
    );
  }
  return Math.max(1, Math.min(most, Math.floor(PORTION_BYTES / threads / bytes)));
}

/**
 * The number of images that are checked at once, at least 1: what is worked out of them takes about as much as the records of a portion.
 * @param most of them
 * @param threads that check as many
 */
export function imagesTogether(network: SpikingNetwork, most: number, threads = 1): number {
  return Math.max(1, Math.min(most, Math.floor(PORTION_BYTES / threads / workBytes(network))));
}
