/** @file How many images are held in the heap at once: as many as make it faster, and as fit. */
import { mapSize } from '../../nn/architecture.ts';
import { type Geometry, synapseGeometry } from '../geometry.ts';
import type { SpikingNetwork } from '../network.ts';
import { type RecordOptions, recordOptionsOf } from '../simulation.ts';
import { productBytes } from './product-memory.ts';
import { needsRows } from './row-memory.ts';
import { WAVE_PAGES } from './wavefront.ts';

/** Spike lists and potentials of a batch may take this much of the heap. */
const BATCH_BYTES = 256 * 2 ** 20;
const BATCH_IMAGES = 16;
/** Images times steps of a matrix product: enough rows to make packing its weights worthwhile, and few enough for the cache. */
const FRAMES = 64;

/** The parts of a plan that the batch size depends on. */
export interface BatchRequest {
  readonly engine: 'events' | 'products' | 'mixed';
  /** Steps that the heap holds at once. */
  readonly window: number;
  readonly waves: boolean;
  /** The layers whose products are of counts, one for all steps. */
  readonly counted: ReadonlySet<number>;
  /** What is kept of every step. */
  readonly record: RecordOptions;
  /** An image may stop before the others. */
  readonly stops: boolean;
}

/** The number of images, at least 1. */
export function batchSize(network: SpikingNetwork, request: BatchRequest): number {
  const { window, counted, stops } = request;
  if (stops) return 1;
  const { engine } = request;
  const most = engine === 'events' ? BATCH_IMAGES : Math.floor(FRAMES / (counted.size > 0 ? 1 : window));
  const bytes =
    bytesOnRecord(network, request) +
    (engine === 'events' ? 0 : bytesByProducts(network, request)) +
    (engine === 'products' ? 0 : bytesByEvents(network, request));
  return Math.max(1, Math.min(most, Math.floor(BATCH_BYTES / bytes)));
}

/** The bytes of one image's potentials and currents of all steps that are held. */
function bytesOnRecord(network: SpikingNetwork, { window, record }: BatchRequest): number {
  return network.layers.reduce((sum, { shape }, l) => {
    const { membrane, currents } = recordOptionsOf(record, l);
    return sum + 4 * window * mapSize(shape) * (Number(membrane ?? false) + Number(currents ?? false));
  }, 0);
}

const geometries = (network: SpikingNetwork): Geometry[][] =>
  network.layers.map((layer) => layer.inputs.map((s) => synapseGeometry(network, layer, s)));

/**
 * The bytes of one image: potentials, constant currents and masks of all layers; maps and currents of the layer that needs
 * most.
 */
function bytesByProducts(network: SpikingNetwork, { window, counted }: BatchRequest): number {
  const { highest } = network.neuron.range;
  const framesOf = (l: number): number => (counted.has(l) ? 1 : window);
  const kept = network.layers.reduce((sum, { shape }) => sum + mapSize(shape) * (8 + window * highest), 0);
  return kept + productBytes(geometries(network), framesOf);
}

/**
 * The bytes of one image: potentials, constant currents, masks and spike lists of all layers; row lists of the layer that needs
 * most, or in waves of all layers.
 */
function bytesByEvents(network: SpikingNetwork, { window, waves }: BatchRequest): number {
  const most = network.neuron.range.highest; // spikes of one neuron in one step
  let all = 0;
  let rows = 0;
  for (const [l, groups] of geometries(network).entries()) {
    all += mapSize(network.layers[l]!.shape) * (8 + window * 2.5 * most);
    for (const { kernelHeight, kernelWidth, map, out, poolSize } of groups.filter(needsRows)) {
      const slot = kernelHeight * kernelWidth * map[2] * poolSize * 2 * most;
      const need = out[0] * out[1] * slot;
      rows = waves ? rows + need * WAVE_PAGES : Math.max(rows, need * window);
    }
  }
  return all + rows;
}
