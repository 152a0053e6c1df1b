/**
 * @file Starts a model from a trained network of the same shape, also when the two differ in the activation: a symmetric clip
 * of theta and a threshold ReLU of 2 theta are the same function, moved by theta (law L20).
 */
import { InputError } from '../errors.ts';
import type { ActivationName, Layer, TrainedNetwork } from '../nn/architecture.ts';
import type { Model } from '../nn/model.ts';

type Side = 'symmetric' | 'above';
const SIDES: Partial<Record<ActivationName, Side>> = { strelu: 'symmetric', trelu: 'above', qcfs: 'above' };

/**
 * Copies every tensor; where activations differ, moves the bias before them by theta, theta to twice or half its value, and
 * takes the constant out again behind them. Exact but for zero padding, which stands for another value then.
 * @throws InputError when shapes differ or two activations have no such translation; the model is unchanged then
 */
export function startFrom(model: Model, network: TrainedNetwork): void {
  const source = network.architecture.layers;
  const target = model.architecture.layers;
  const same = source.length === target.length && source.every((layer, i) => layer.kind === target[i]!.kind);
  for (const { name, shape } of model.specs) {
    const found = network.weights.get(name)?.length;
    const wanted = model.tensors.get(name)!.size;
    if (!same || found !== wanted)
      throw new InputError(
        `${name}: expected ${shape.join('x')} values in the network to start from, found ${found ?? 'none'}; it must have the same model, width and thetas`,
      );
  }
  const moves = target.flatMap((layer, i) => move(layer, source[i]!, target, i));
  for (const [name, tensor] of model.tensors) tensor.data.set(network.weights.get(name)!);
  for (const apply of moves) apply(model);
}

/** What turns the source's activation at i into the target's, to be done once the weights are there. */
function move(to: Layer, from: Layer, layers: readonly Layer[], i: number): ((model: Model) => void)[] {
  if (to.kind !== 'activation' || from.kind !== 'activation' || to.activation === from.activation) return [];
  const sides = [SIDES[from.activation], SIDES[to.activation]] as const;
  const refuse = (why: string): never => {
    throw new InputError(
      `${to.name}: cannot start ${to.activation} from ${from.activation}: ${why}; train from scratch instead`,
    );
  };
  if (!sides[0] || !sides[1]) return refuse('only strelu, trelu and qcfs translate into each other');
  if (sides[0] === sides[1]) return [];
  const sign = sides[0] === 'symmetric' ? 1 : -1;
  const before = layers[i - 1];
  const behind = layers.slice(i + 1).findIndex((layer) => layer.kind === 'conv2d' || layer.kind === 'linear');
  const passive = layers.slice(i + 1, i + 1 + behind);
  const weighted = layers[i + 1 + behind];
  if (to.thetas !== 1) return refuse('it needs one theta per layer');
  if (before?.kind !== 'batchNorm' && before?.kind !== 'conv2d' && before?.kind !== 'linear')
    return refuse('it needs a batch norm or a weight layer before it');
  if (behind < 0 || passive.some((layer) => !['avgPool', 'flatten', 'dropout'].includes(layer.kind)))
    return refuse('it needs a convolution or a linear layer behind it');
  const shiftName = `${before.name}.${before.kind === 'batchNorm' ? 'beta' : 'bias'}`;
  const next = layers[i + 2 + behind];
  return [
    (model) => {
      const theta = model.tensors.get(`${to.name}.theta`)!.data;
      const unit = sign > 0 ? theta[0]! : theta[0]! / 2;
      theta[0] = sign > 0 ? 2 * unit : unit;
      const shift = model.tensors.get(shiftName)!.data;
      for (let c = 0; c < shift.length; c++) shift[c]! += sign * unit;
      const weight = model.tensors.get(`${weighted!.name}.weight`)!.data;
      const bias = model.tensors.get(`${weighted!.name}.bias`)?.data;
      const mean = next?.kind === 'batchNorm' ? model.tensors.get(`${next.name}.mean`)!.data : undefined;
      const out = (bias ?? mean)?.length ?? 1;
      for (let k = 0; k < weight.length; k++) {
        if (bias) bias[k % out]! -= sign * unit * weight[k]!;
        else if (mean) mean[k % out]! += sign * unit * weight[k]!;
      }
    },
  ];
}
