/**
 * @file Starts a model from a trained network of the same shape, also when the two differ in the activation: a symmetric clip
 * of theta and a threshold ReLU of 2 theta are the same function, shifted by theta (law L20).
 */
import { InputError } from '../errors.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import type { Model } from '../nn/model.ts';
import { applyShift, shiftOf } from './range-shift.ts';

/**
 * Copies every tensor; where activations differ, adds theta to the bias before them (or takes it off), doubles or halves theta,
 * and takes the constant out again after them. Exact but for zero padding, where 0 then stands for another value.
 * @throws InputError when shapes differ or two activations have no such translation; the model is unchanged then
 */
export function startFrom(model: Model, network: TrainedNetwork): void {
  checkShapes(model, network);
  const layers = model.architecture.layers;
  const shifts = layers.flatMap((layer, i) => shiftOf(layer, network.architecture.layers[i]!, layers, i));
  for (const [name, tensor] of model.tensors) tensor.data.set(network.weights.get(name)!);
  for (const shift of shifts) applyShift(model, shift);
}

function checkShapes({ architecture, specs, tensors }: Model, network: TrainedNetwork): void {
  const [source, target] = [network.architecture.layers, architecture.layers];
  const most = Math.max(source.length, target.length);
  for (let i = 0; i < most; i++) {
    const [found, wanted] = [source[i], target[i]];
    if (found?.kind !== wanted?.kind)
      throw new InputError(
        `${(wanted ?? found)!.name}: expected ${wanted?.kind ?? 'no layer more'} there in the network to start from, found ${found ? `${found.kind} (${found.name})` : 'none'}; it must have the same model, pooling and border`,
      );
  }
  for (const { name, shape } of specs) {
    const found = network.weights.get(name)?.length;
    if (found !== tensors.get(name)!.size)
      throw new InputError(
        `${name}: expected ${shape.join('x')} values in the network to start from, found ${found ?? 'none'}; it must have the same model, width and thetas`,
      );
  }
}
