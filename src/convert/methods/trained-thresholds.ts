/** @file Thresholds that training has learned: those of a clip. */
import { InputError } from '../../errors.ts';
import type { ActivationLayer, TrainedNetwork } from '../../nn/architecture.ts';
import { readParameter } from '../read-parameter.ts';

/**
 * The trained numbers without their sign, [1] or [channels]: a clip has the same meaning with theta and with -theta.
 * @throws InputError when one of them is 0
 */
export function trainedThresholds(
  network: TrainedNetwork,
  { name, thetas }: ActivationLayer,
): Float32Array<ArrayBuffer> {
  const theta = Float32Array.from(readParameter(network, `${name}.theta`, thetas), Math.abs);
  const dead = theta.findIndex((height) => !(height > 0));
  if (dead < 0) return theta;
  throw new InputError(
    `${name}: expected thresholds > 0, found ${theta[dead]} at ${dead}; such a neuron is dead: train again without weight decay on theta`,
    { code: 'threshold-dead' },
  );
}
