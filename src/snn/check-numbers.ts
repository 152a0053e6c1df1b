/**
 * @file The numbers of a spiking network, looked at wherever one is made, read or written: thresholds above 0, nothing NaN or
 * infinite, and no neuron whose current could leave the range of float32 by itself.
 */
import { InputError } from '../errors.ts';
import type { SpikingLayer, SpikingNetwork } from './network.ts';

/** The largest float32. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/**
 * The same network.
 * @throws InputError naming the layer
 * @example
 * checkNumbers(snn) === snn; // true
 */
export function checkNumbers(network: SpikingNetwork): SpikingNetwork {
  for (const layer of network.layers) {
    const { name, theta, bias, scale, inputs } = layer;
    check(name, 'thresholds above 0', theta, (height) => height > 0 && height <= LARGEST);
    if (scale) check(name, 'scales above 0', scale, (unit) => unit > 0 && unit <= LARGEST);
    check(name, 'finite biases', bias, Number.isFinite);
    for (const { weight } of inputs) check(name, 'finite weights', weight, Number.isFinite);
    const reach = largestCurrent(network, layer);
    if (!(reach <= LARGEST))
      throw new InputError(
        `${name}: expected currents below ${LARGEST.toPrecision(3)}, found weights that add up to ${reach.toPrecision(3)}; train again at a lower learning rate`,
        { code: 'layer-overflows' },
      );
  }
  return network;
}

function check(
  layer: string,
  expected: string,
  values: Float32Array<ArrayBufferLike>,
  isGood: (value: number) => boolean,
): void {
  const bad = values.findIndex((value) => !isGood(value));
  if (bad < 0) return;
  throw new InputError(
    `${layer}: expected ${expected}, found ${values[bad]} at ${bad}; train again at a lower learning rate`,
    { code: 'layer-overflows' },
  );
}

/** If every input sent a spike of the weight's sign at once, pixels of size 1 among them; pools only make it smaller. */
function largestCurrent(network: SpikingNetwork, { shape, bias, inputs }: SpikingLayer): number {
  const channels = shape[2];
  const sums = new Float64Array(channels);
  for (let i = 0; i < bias.length; i++)
    sums[i % channels] = Math.max(sums[i % channels]!, Math.abs(bias[i]!));
  for (const { from, weight } of inputs) {
    const height = from < 0 || network.grid?.kind === 'int8' ? 1 : highest(network.layers[from]!);
    for (let i = 0; i < weight.length; i++) sums[i % channels]! += Math.abs(weight[i]!) * height;
  }
  return sums.reduce((a, b) => Math.max(a, b), 0);
}

const highest = ({ theta }: SpikingLayer): number => theta.reduce((a, b) => Math.max(a, b), 0);
