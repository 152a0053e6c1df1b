/**
 * @file From images to logits, layer by layer, on a tape. A batch norm takes the activation behind it into its own pass;
 * so does a convolution in inference.
 */
import type { Random } from '../random/random.ts';
import { add } from '../tensor/ops/add.ts';
import { avgPool } from '../tensor/ops/avg-pool.ts';
import { batchNorm, batchNormInference } from '../tensor/ops/batch-norm.ts';
import { clip, type FusedClip } from '../tensor/ops/clip.ts';
import { conv2d, conv2dClip } from '../tensor/ops/conv2d.ts';
import { dropout } from '../tensor/ops/dropout.ts';
import { flatten } from '../tensor/ops/flatten.ts';
import { linear } from '../tensor/ops/linear.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { ACTIVATIONS } from './activations/index.ts';
import type { ActivationLayer, Layer } from './architecture.ts';
import type { Model } from './model.ts';

export interface ForwardOptions {
  /** The generator of dropout in training; absent in inference, where running statistics are used. */
  readonly training?: Random;
  /** True: activations stay continuous although the architecture asks for a grid. */
  readonly continuous?: boolean;
  /** Sees every layer's output as it is made (a batch norm's together with its activation's): for calibration and reports. */
  readonly onOutput?: (layer: Layer, output: Tensor) => void;
}

/** x: [batch, H, W, C]; returns logits [batch, classes]. */
export function forward(tape: Tape, model: Model, x: Tensor, options: ForwardOptions = {}): Tensor {
  return run(tape, model, model.architecture.layers, x, options);
}

function run(tape: Tape, model: Model, layers: readonly Layer[], x: Tensor, options: ForwardOptions): Tensor {
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    const next = layers[i + 1];
    if (layer.kind === 'batchNorm' && next?.kind === 'activation') {
      const fused = fusedClip(tape, model, next, options);
      x = normalised(tape, model, layer.name, layer, x, fused, options);
      options.onOutput?.(next, x);
      i++;
    } else if (layer.kind === 'conv2d' && next?.kind === 'activation' && !tape.recording) {
      const parameter = (role: string): Tensor => model.tensors.get(`${layer.name}.${role}`)!;
      const bias = layer.bias ? parameter('bias') : null;
      const fused = fusedClip(tape, model, next, options);
      x = conv2dClip(tape, x, parameter('weight'), bias, layer.stride, layer.padding, fused);
      options.onOutput?.(next, x);
      i++;
    } else {
      x = single(tape, model, layer, x, options);
      options.onOutput?.(layer, x);
    }
  }
  return x;
}

function single(tape: Tape, model: Model, layer: Layer, x: Tensor, options: ForwardOptions): Tensor {
  const parameter = (role: string): Tensor => model.tensors.get(`${layer.name}.${role}`)!;
  switch (layer.kind) {
    case 'conv2d':
      return conv2d(
        tape,
        x,
        parameter('weight'),
        layer.bias ? parameter('bias') : null,
        layer.stride,
        layer.padding,
      );
    case 'linear':
      return linear(tape, x, parameter('weight'), layer.bias ? parameter('bias') : null);
    case 'batchNorm':
      return normalised(tape, model, layer.name, layer, x, null, options);
    case 'activation': {
      const fused = fusedClip(tape, model, layer, options);
      return clip(tape, x, fused.theta, fused.clip);
    }
    case 'avgPool':
      return avgPool(tape, x, layer.size);
    case 'flatten':
      return flatten(tape, x);
    case 'dropout':
      return options.training ? dropout(tape, x, layer.rate, options.training) : x;
    case 'residual':
      return add(
        tape,
        run(tape, model, layer.body, x, options),
        run(tape, model, layer.shortcut, x, options),
      );
  }
}

function normalised(
  tape: Tape,
  model: Model,
  name: string,
  { epsilon, momentum }: { readonly epsilon: number; readonly momentum: number },
  x: Tensor,
  fused: FusedClip | null,
  options: ForwardOptions,
): Tensor {
  const tensor = (role: string): Tensor => model.tensors.get(`${name}.${role}`)!;
  const [gamma, beta, mean, variance] = [tensor('gamma'), tensor('beta'), tensor('mean'), tensor('variance')];
  const parameters = { gamma, beta, mean, variance, epsilon, momentum };
  return (options.training ? batchNorm : batchNormInference)(tape, x, parameters, fused);
}

function fusedClip(tape: Tape, model: Model, layer: ActivationLayer, options: ForwardOptions): FusedClip {
  const theta = model.tensors.get(`${layer.name}.theta`) ?? unbounded(tape);
  const keepsGrid = !options.continuous || layer.activation === 'qcfs';
  return {
    clip: ACTIVATIONS[layer.activation].clip({ ...layer, levels: keepsGrid ? layer.levels : 0 }),
    theta,
  };
}

function unbounded(tape: Tape): Tensor {
  const theta = tape.tensor([1]);
  theta.data.fill(Number.POSITIVE_INFINITY);
  return theta;
}
