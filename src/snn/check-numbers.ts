/**
 * @file The numbers of a spiking network, looked at wherever one is made, read or written: thresholds above 0, nothing NaN or
 * infinite, no neuron whose current could leave the range of float32 by itself; on the int8 grid whole numbers that an int32 holds.
 */
import { InputError } from '../errors.ts';
import { currentBound } from './current-bound.ts';
import { onInt8Grid } from './grid.ts';
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
    if (onInt8Grid(network)) checkWhole(layer);
    const reach = currentBound(network, layer);
    const most = onInt8Grid(network) ? 2 ** 31 - 1 : LARGEST;
    const worth = scale ? reach * scale.reduce((a, b) => Math.max(a, b)) : reach;
    if (!(reach <= most && worth <= LARGEST))
      throw new InputError(
        `${name}: expected currents below ${most.toPrecision(3)}, found weights that add up to ${reach.toPrecision(3)}; train again at a lower learning rate`,
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

/** Thresholds, biases and the weights of spikes; those of the image are real numbers. */
function checkWhole({ name, theta, bias, inputs }: SpikingLayer): void {
  for (const values of [theta, bias, ...inputs.filter(({ from }) => from >= 0).map(({ weight }) => weight)]) {
    const bad = values.findIndex((value) => !Number.isInteger(value));
    if (bad >= 0)
      throw new InputError(
        `${name}: expected whole numbers on the int8 grid, found ${values[bad]} at ${bad}; convert the network again`,
      );
  }
}
