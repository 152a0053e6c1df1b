/**
 * @file Reads a layer's parameters and refuses what is missing, of the wrong length, or not finite.
 */
import { InputError } from '../errors.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';

/** @throws InputError that names the parameter, what was expected and what was found. */
export function parameter(
  network: TrainedNetwork,
  name: string,
  length: number,
): Float32Array<ArrayBufferLike> {
  const values = network.weights.get(name);
  if (!values) {
    throw new InputError(
      `${name}: expected ${length} numbers, found none; the file does not belong to this architecture`,
    );
  }
  if (values.length !== length) {
    throw new InputError(
      `${name}: expected ${length} numbers, found ${values.length}; the file does not belong to this architecture`,
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(
      `${name}: expected finite numbers, found ${values[bad]} at ${bad}; train again with a smaller rate`,
    );
  }
  return values;
}

/** Thresholds of an activation: abs of the trained numbers, one or one per channel. @throws InputError when one is 0. */
export function trainedThresholds(
  network: TrainedNetwork,
  layer: string,
  count: number,
): Float32Array<ArrayBuffer> {
  return positive(layer, Float32Array.from(parameter(network, `${layer}.theta`, count), Math.abs));
}

/** @throws InputError when a threshold is not a positive finite number. */
export function positive(layer: string, theta: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const bad = theta.findIndex((value) => !(value > 0 && value < Number.POSITIVE_INFINITY));
  if (bad >= 0 || theta.length === 0) {
    throw new InputError(
      `${layer}: expected a threshold > 0, found ${theta[bad] ?? 'none'}; such a neuron is dead: train again without weight decay on theta`,
      { code: 'threshold-dead' },
    );
  }
  return theta;
}
