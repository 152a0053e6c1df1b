/**
 * @file Where a matrix product may be of bytes: on the int8 grid, with weights that are bytes anyhow, where what a place sends fits
 * seven bits. Its sums are whole numbers, so that it says what the product in float32 says, several times faster.
 */
import { hasRelaxedSimd } from '../../kernels/assembler/assembler.ts';
import type { Geometry, ScaledSynapses } from '../geometry.ts';
import { onInt8Grid } from '../grid.ts';
import type { SpikingLayer, SpikingNetwork } from '../network.ts';
import { sumsAreExact } from './precision.ts';

/** The largest byte that the instruction takes on every processor alike, and the largest weight. */
const MOST = 127;
/** Sums are int32. */
const SUM = 2 ** 31;

/**
 * What is added to what each place sends in `together` steps, so that it is from 0 to 127; null: the product has to be in float32.
 * @param synapses the groups' weights as one matrix, or as the network has them
 */
export function byteOffset(
  network: SpikingNetwork,
  layer: SpikingLayer,
  synapses: ScaledSynapses,
  together: number,
): number | null {
  const { kernelHeight, kernelWidth, map, poolSize, weight } = synapses;
  if (!hasRelaxedSimd || !onInt8Grid(network) || !staysInside(synapses)) return null;
  const { lowest, highest } = network.neuron.range;
  const spikes = together * poolSize;
  const inputs = kernelHeight * kernelWidth * map[2];
  if (spikes * (highest - Math.min(lowest, 0)) > MOST || inputs * MOST * MOST >= SUM) return null;
  if (!weight.every((value) => Number.isInteger(value) && Math.abs(value) <= MOST)) return null;
  return sumsAreExact(network, layer, together) ? spikes * Math.max(-lowest, 0) : null;
}

/** Whether every window lies in the map with its border: bytes are read without a look at where the map ends. */
function staysInside({ map, out, kernelHeight, kernelWidth, stride, padding }: Geometry): boolean {
  const inside = (axis: 0 | 1, kernel: number): boolean =>
    (out[axis] - 1) * stride[0] + kernel <= map[axis] + 2 * padding[0];
  return padding[0] >= 0 && inside(0, kernelHeight) && inside(1, kernelWidth);
}
