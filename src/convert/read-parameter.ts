/** @file Reads a parameter of a trained network. */
import { InputError } from '../errors.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';

/**
 * The values of a parameter, LAYER.role.
 * @throws InputError when it is missing, has not `length` values, or one of them is not finite
 */
export function readParameter(
  network: TrainedNetwork,
  name: string,
  length: number,
): Float32Array<ArrayBufferLike> {
  const values = network.weights.get(name);
  if (values?.length !== length) {
    throw new InputError(
      `${name}: expected ${length} numbers, found ${values?.length ?? 'none'}; the file does not belong to this architecture`,
    );
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(
      `${name}: expected finite numbers, found ${values[bad]} at ${bad}; train again at a lower learning rate`,
    );
  }
  return values;
}
