/**
 * @file Where `forward` calls what the caller wrote: parameters are put on the tape for it, and its answer's shape is checked.
 */
import { InputError } from '../errors.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { OwnActivation } from './activations/own-activation.ts';
import { type ActivationLayer, type CustomLayer, mapSize } from './architecture.ts';
import { type Model, tensorOf } from './model.ts';

/** @throws InputError when the caller's function gives another shape than it is given */
export function ownActivation(
  tape: Tape,
  model: Model,
  layer: ActivationLayer,
  own: OwnActivation,
  x: Tensor,
): Tensor {
  const y = own.forward(x, tape.use(tensorOf(model, layer, 'theta')));
  if (y.shape.join() === x.shape.join()) return y;
  throw new InputError(
    `${layer.name}: expected activation ${own.name} to give [${x.shape}], found [${y.shape}]; it must keep the shape`,
  );
}

/** @throws InputError when the caller's function gives another shape than it said */
export function ownLayer(tape: Tape, model: Model, { name, own, input }: CustomLayer, x: Tensor): Tensor {
  const tensors: Record<string, Tensor> = {};
  for (const key of Object.keys(own.parameters?.(input) ?? {}))
    tensors[key] = tape.use(model.tensors.get(`${name}.${key}`)!);
  const y = own.forward(x, tensors);
  const expected = own.shape?.(input) ?? input;
  const [batch] = x.shape;
  const found = y.shape.join();
  if (found === [batch, ...expected].join()) return y;
  if (expected[0] * expected[1] === 1 && found === [batch, mapSize(expected)].join()) return y;
  throw new InputError(
    `${name}: expected layer ${own.name} to give [${[batch, ...expected]}], found [${y.shape}]; correct forward or shape`,
  );
}
