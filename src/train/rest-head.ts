/**
 * @file A last layer that reads what its neurons send above their rest: logits = (a + theta) W, written as a W + b with b = theta (1 W).
 * A symmetric clip a in [-theta, theta] is one from 0 to 2 theta moved down by theta (law L20). Batch norms and borders at rest take
 * that constant up everywhere but in the last layer, where it moves the logits of all images, by much more than a bias would: here
 * it is taken back, so that the network is trained as the one with a threshold ReLU.
 */
import { InputError } from '../errors.ts';
import type { ActivationLayer, Layer, LinearLayer } from '../nn/architecture.ts';
import { type Model, tensorOf } from '../nn/model.ts';
import { parameterName } from '../nn/parameters.ts';
import { isPassive, isSymmetric } from './range-shift.ts';

/** The bias is no parameter of its own: it follows the weights. */
export interface RestHead {
  /** The name of the bias that it keeps: no optimizer may touch it. */
  readonly bias: string;
  /** Adds to the gradient of the weights what they have through the bias: dL/dW_ic += theta dL/db_c. Before each update. */
  gather(): void;
  /** b_c = theta sum_i W_ic: before the first step, and after each update. */
  tie(): void;
}

/**
 * @throws InputError when the last layer is not linear with a bias behind a symmetric clip with one theta, pools and flattening between
 * @example
 * const rest = restHead(model);
 * rest.tie();
 * rest.bias; // 'linear3.bias'
 */
export function restHead(model: Model): RestHead {
  const { head, activation } = layersOf(model);
  const [weight, bias] = [tensorOf(model, head, 'weight'), tensorOf(model, head, 'bias')];
  const theta = tensorOf(model, activation, 'theta').data;
  const { inputs, outputs } = head;
  return {
    bias: parameterName(head, 'bias'),
    gather() {
      const [ofWeight, ofBias] = [weight.gradient!, bias.gradient!];
      for (let i = 0; i < inputs; i++)
        for (let c = 0; c < outputs; c++) ofWeight[i * outputs + c]! += theta[0]! * ofBias[c]!;
    },
    tie() {
      const sums = new Float64Array(outputs);
      for (let i = 0; i < inputs; i++)
        for (let c = 0; c < outputs; c++) sums[c]! += weight.data[i * outputs + c]!;
      for (let c = 0; c < outputs; c++) bias.data[c] = theta[0]! * sums[c]!;
    },
  };
}

function layersOf({ architecture: { layers } }: Model): {
  readonly head: LinearLayer;
  readonly activation: ActivationLayer;
} {
  const head = layers.at(-1);
  if (head?.kind !== 'linear' || !head.bias)
    throw new InputError(
      `${head?.name}: restHead: expected a last layer that is linear with a bias, found ${head?.kind === 'linear' ? 'one without' : head?.kind}; give it a bias, or train without restHead`,
    );
  const before = layers.slice(0, -1).findLast((layer) => !isPassive(layer));
  if (before?.kind !== 'activation' || !isSymmetric(before) || before.thetas !== 1)
    throw new InputError(
      `${head.name}: restHead: expected a symmetric clip (strelu) with one theta before it, found ${found(before)}; train without restHead`,
    );
  return { head, activation: before };
}

function found(layer: Layer | undefined): string {
  if (layer?.kind !== 'activation') return layer?.kind ?? 'none';
  return isSymmetric(layer) ? `${layer.activation} with ${layer.thetas}` : layer.activation;
}
