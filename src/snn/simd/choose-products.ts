/**
 * @file Which layers cost less as matrix products than by events: the model of the engine `auto`. A spike costs an accumulate for
 * each synapse, a product costs a multiply-accumulate for every synapse whether a neuron spikes or not, at a fraction of the price. Prices
 * are relative, from runs of `npm run bench -- events`; the choice depends on no clock. Where neurons run on until they are
 * silent (L16) most steps are empty, and events are always cheaper.
 */
import { mapSize } from '../../nn/architecture.ts';
import { accumulates } from '../accumulate.ts';
import { type Geometry, synapseGeometry } from '../geometry.ts';
import { neverRounds, onInt8Grid } from '../grid.ts';
import type { SpikingNetwork } from '../network.ts';
import type { SimulationRequest } from '../request.ts';
import { byteOffset } from './byte-products.ts';
import { countedLayers } from './counted-layers.ts';
import { isProduct } from './row-memory.ts';

/** Prices of an accumulate of a spike: weights of four bytes, or of one. */
const ACCUMULATE = { float32: 5.5, int8: 3 };
/**
 * Prices of a multiply-accumulate of a product: of a fast convolution (3 x 3 windows side by side, sums in another order), of bytes, or
 * neither. Bytes are priced as on a processor that has the instruction for them (AVX-VNNI, or sdot on ARM); others had better tune.
 */
const MULTIPLY = { fast: 1, bytes: 1, plain: 4.5 };
/** Weights of 32 channels beyond this many bytes do not stay in the core's cache, and each spike waits for its row. */
const CACHED_BYTES = 512 * 1024;
const WAITING = 1.5;

/**
 * The layers that are to be computed by products.
 * @param density of each layer: spikes of a neuron and step
 */
export function chooseProducts(
  network: SpikingNetwork,
  request: Pick<SimulationRequest, 'schedule' | 'steps' | 'record'>,
  density: readonly number[],
): ReadonlySet<number> {
  const { schedule } = request;
  if (schedule === 'settling' && !accumulates(network.neuron, schedule)) return new Set();
  const prices = layerPrices(network, request, density);
  return new Set([...prices.keys()].filter((l) => prices[l]!.events > prices[l]!.products));
}

/** What a layer costs for an image: of all steps together where counts are multiplied, of one step elsewhere. */
export interface LayerPrices {
  readonly events: number;
  readonly products: number;
}

/** The model itself: both prices of each layer, of the synapses that a product could stand for. */
export function layerPrices(
  network: SpikingNetwork,
  request: Pick<SimulationRequest, 'schedule' | 'steps' | 'record'>,
  density: readonly number[],
): LayerPrices[] {
  const counted = countedLayers(network, request);
  return network.layers.map((layer, l) => {
    const together = counted.has(l) ? request.steps : 1;
    const synapses = layer.inputs.map((s) => ({ ...synapseGeometry(network, layer, s), weight: s.weight }));
    const fitting = synapses.filter(isProduct);
    const price = (s: (typeof fitting)[number]): number =>
      byteOffset(network, layer, s, together) === null ? priceOfProduct(network, s) : MULTIPLY.bytes;
    const events = fitting.reduce((sum, s) => sum + received(s, density) * priceOfSpike(network, s), 0);
    const products = fitting.reduce((sum, s) => sum + multiplies(s) * price(s), 0);
    return { events: events * together, products };
  });
}

/** Multiply-accumulates of one image and step, over every synapse. */
const multiplies = ({ kernelHeight, kernelWidth, map, out }: Geometry): number =>
  kernelHeight * kernelWidth * map[2] * mapSize(out);

/** Accumulates of one image and step: a mean over a window hands on each of its spikes. */
const received = (synapses: Geometry, density: readonly number[]): number =>
  density[synapses.from]! * synapses.poolSize * multiplies(synapses);

function priceOfSpike(network: SpikingNetwork, { kernelHeight, kernelWidth, map }: Geometry): number {
  const rowBytes = onInt8Grid(network) ? 64 : 128; // of a block of channels
  const block = kernelHeight * kernelWidth * map[2] * rowBytes;
  return ACCUMULATE[onInt8Grid(network) ? 'int8' : 'float32'] * (block > CACHED_BYTES ? WAITING : 1);
}

function priceOfProduct(network: SpikingNetwork, { kernelHeight, kernelWidth, stride }: Geometry): number {
  const fast = kernelHeight === 3 && kernelWidth === 3 && stride[0] * stride[1] === 1;
  return fast && !neverRounds(network) ? MULTIPLY.fast : MULTIPLY.plain;
}
