/**
 * @file Puts a network on a dyadic grid on which float32 never rounds: every weight, bias, threshold and pixel becomes a
 * multiple of a power of two, chosen per layer as fine as 24 bits allow for T steps of the largest current there can be. On such
 * a network the laws hold as equalities, in every engine; the exact modes equal the quantised network without a tie left over.
 */
import { InputError } from '../../errors.ts';
import { mapSize } from '../../nn/architecture.ts';
import { sizeWord } from '../../nn/map-window.ts';
import { checkNumbers } from '../../snn/check-numbers.ts';
import { windowOfPool } from '../../snn/geometry.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { offGrid } from './off-grid.ts';

/** How fine the grid is. */
export interface DyadicOptions {
  /** T: sums over this many steps do not round. */
  readonly steps: number;
  /** Pixels become multiples of 2^-imageBits. Default: 6. */
  readonly imageBits?: number;
  /** The largest pixel, without its sign. Default: 8. */
  readonly imageLimit?: number;
  /** Thresholds become multiples of 2^-thetaBits. Default: 5. */
  readonly thetaBits?: number;
}

/** float32 has 24 bits; one is kept for what snapping adds to a sum. */
const BITS = 23;

const snap = (x: number, bits: number): number => Math.round(x * 2 ** bits) / 2 ** bits;

/**
 * The network on a dyadic grid.
 * @throws InputError when a layer's sums need more bits than float32 has, a pool divides by something else than a power of two, or
 * the network is on the int8 grid, where nothing rounds anyway
 * @example
 * const exact = onDyadicGrid(snn, { steps: 8 });
 * simulate(exact, snapImages(images), { steps: 8, schedule: 'settling' }); // counts equal the quantised network's
 */
export function onDyadicGrid(network: SpikingNetwork, options: DyadicOptions): SpikingNetwork {
  const plain = offGrid(network);
  const { steps, imageBits = 6, imageLimit = 8, thetaBits = 5 } = options;
  const thetas = plain.layers.map(({ theta }) =>
    theta.map((height) => Math.max(2 ** -thetaBits, snap(height, thetaBits))),
  );
  const snapped = { ...plain, layers: plain.layers.map((layer, l) => ({ ...layer, theta: thetas[l]! })) };
  const wiring = wiringOf(snapped);
  const layers = snapped.layers.map((layer, l): SpikingLayer => {
    const { ofSums, ofWeights } = bitsOf(layer, wiring[l]!, { steps, imageBits, imageLimit, thetaBits });
    return {
      ...layer,
      bias: layer.bias.map((b) => snap(b, ofSums) + 0), // never -0: engines that add 0 to it would say 0
      inputs: layer.inputs.map((synapses, k) => ({
        ...synapses,
        weight: synapses.weight.map((w) => snap(w, ofWeights[k]!)),
      })),
    };
  });
  return checkNumbers({ ...snapped, layers, grid: { kind: 'dyadic', steps, imageBits } });
}

/** How many bits after the point a layer's sums may have, and the weights of each of its inputs. */
function bitsOf(
  layer: SpikingLayer,
  wiring: LayerWiring,
  { steps, imageBits, imageLimit, thetaBits }: Required<DyadicOptions>,
): { readonly ofSums: number; readonly ofWeights: readonly number[] } {
  const largest = Float64Array.from(
    wiring.reach,
    (reach, i) => reach + Math.abs(layer.bias[i % layer.bias.length]!),
  );
  for (const synapses of wiring.image)
    propagate(synapses, new Float64Array(mapSize(synapses.source)).fill(imageLimit), largest, 'sizes');
  const sum =
    steps * largest.reduce((a, b) => Math.max(a, b), 0) + layer.theta.reduce((a, b) => Math.max(a, b), 0);
  const ofSums = BITS - Math.ceil(Math.log2(sum || 1)); // 0: a readout of nothing but zeros
  const ofWeights = layer.inputs.map(({ from, pool }) => {
    const { window } = windowOfPool(pool);
    const halvings = Math.log2(window[0] * window[1]);
    if (!Number.isInteger(halvings)) {
      throw new InputError(
        `${layer.name}: expected pools of 2, 4, 8..., found ${sizeWord(window)}; there is no dyadic grid for it`,
      );
    }
    return ofSums - halvings - (from < 0 ? imageBits : thetaBits);
  });
  const worst = Math.min(
    ofSums - thetaBits - 1,
    ...ofWeights.map((b, k) => (layer.inputs[k]!.kind === 'identity' ? b : b - 1)),
  );
  if (worst >= 0) return { ofSums, ofWeights };
  throw new InputError(
    `${layer.name}: expected sums below 2^${BITS} grid steps, found T = ${steps} times ${(sum / steps).toFixed(1)}; use fewer steps`,
  );
}

/**
 * Images for a network on a dyadic grid: every pixel becomes a multiple of 2^-imageBits.
 * @param images any number of normalised images
 * @throws InputError when a pixel is larger than the limit
 * @example
 * snapImages(Float32Array.of(0.51), { imageBits: 1 }); // [0.5]
 */
export function snapImages(
  images: Float32Array<ArrayBufferLike>,
  options: Omit<DyadicOptions, 'steps'> = {},
): Float32Array<ArrayBuffer> {
  const { imageBits = 6, imageLimit = 8 } = options;
  return Float32Array.from(images, (pixel) => {
    if (!(Math.abs(pixel) <= imageLimit))
      throw new InputError(
        `image: expected numbers up to ${imageLimit} in size, found ${pixel}; normalise it`,
      );
    return snap(pixel, imageBits);
  });
}
