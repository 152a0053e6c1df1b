/**
 * @file From images to logits, layer by layer, on a tape.
 */
import type { Random } from '../random/random.ts';
import { add } from '../tensor/ops/add.ts';
import { batchNorm, batchNormInference } from '../tensor/ops/batch-norm.ts';
import { clip, type FusedClip } from '../tensor/ops/clip.ts';
import { conv2d, conv2dClip } from '../tensor/ops/conv2d.ts';
import { dropout } from '../tensor/ops/dropout.ts';
import { flatten } from '../tensor/ops/flatten.ts';
import { linear } from '../tensor/ops/linear.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { builtIn } from './activations/index.ts';
import type {
  ActivationLayer,
  BatchNormLayer,
  Conv2dLayer,
  Layer,
  LinearLayer,
  PadLayer,
} from './architecture.ts';
import { addBorder } from './bordered-conv.ts';
import { fuseLayers, type Stage } from './fuse.ts';
import { concatChannels, generalConv2d, padMap, pool } from './map-operations.ts';
import { type Model, tensorOf } from './model.ts';
import { ownActivation, ownLayer } from './own-forward.ts';
import { plainConv2d } from './window-of-layer.ts';

/** How a network is run. Without options: in inference. */
export interface ForwardOptions {
  /** The generator of dropout in training; absent in inference, where running statistics are used. */
  readonly training?: Random;
  /** True: activations stay continuous although the architecture asks for a grid. */
  readonly continuous?: boolean;
  /** Sees every layer's output as it is made (fused layers as one, under the activation): for calibration and reports. */
  readonly onOutput?: (layer: Layer, output: Tensor) => void;
}

/** What every layer's computation needs beside its input. */
interface Pass {
  readonly tape: Tape;
  readonly model: Model;
  readonly options: ForwardOptions;
}

/**
 * Runs a model on a mini-batch: in inference, or in training where `options.training` is there.
 * @param x [batch, height, width, channels], normalised
 * @returns logits [batch, classes]
 * @throws Error when the model lacks a tensor, or a layer's shape does not fit its input
 * @example
 * const x = tape.array(images).reshape(2, 28, 28, 1);
 * forward(tape, model, x).shape; // [2, 10]
 */
export function forward(tape: Tape, model: Model, x: Tensor, options: ForwardOptions = {}): Tensor {
  return run({ tape, model, options }, model.architecture.layers, x);
}

function run(pass: Pass, layers: readonly Layer[], x: Tensor): Tensor {
  for (const stage of fuseLayers(layers, pass.tape.recording)) {
    pass.tape.enter(stage.layer.name);
    x = compute(pass, stage, x);
    pass.options.onOutput?.(stage.fused ?? stage.layer, x);
  }
  return x;
}

function compute(pass: Pass, stage: Stage, x: Tensor): Tensor {
  const { layer, fused } = stage;
  const { tape, model, options } = pass;
  switch (layer.kind) {
    case 'conv2d':
      if (!fused && stage.border) return convolveBordered(pass, layer, x, stage.border);
      return convolve(pass, layer, x, fused && clipOf(pass, fused));
    case 'linear':
      return linear(tape, x, tensorOf(model, layer, 'weight'), biasOf(model, layer));
    case 'batchNorm':
      return normalise(pass, layer, x, fused && clipOf(pass, fused));
    case 'activation': {
      if (layer.own) return ownActivation(tape, model, layer, layer.own, x);
      const own = clipOf(pass, layer);
      return clip(tape, x, own.theta, own.clip);
    }
    case 'avgPool':
    case 'maxPool':
      return pool(tape, layer, x);
    case 'pad':
      return padMap(tape, layer, x);
    case 'flatten':
      return flatten(tape, x);
    case 'dropout':
      return options.training ? dropout(tape, x, layer.rate, options.training) : x;
    case 'custom':
      return ownLayer(tape, model, layer, x);
    case 'residual':
      return join(pass, layer, [layer.body, layer.shortcut], x, ([body, shortcut]) =>
        add(tape, body!, shortcut!),
      );
    case 'concat':
      return join(pass, layer, layer.branches, x, (branches) => concatChannels(tape, branches));
  }
}

/** What becomes of several branches of layers belongs to the layer that joins them. */
function join(
  pass: Pass,
  { name }: Layer,
  branches: readonly (readonly Layer[])[],
  x: Tensor,
  joined: (ends: readonly Tensor[]) => Tensor,
): Tensor {
  const ends = branches.map((branch) => run(pass, branch, x));
  pass.tape.enter(name);
  return joined(ends);
}

const biasOf = (model: Model, layer: Conv2dLayer | LinearLayer): Tensor | null =>
  layer.bias ? tensorOf(model, layer, 'bias') : null;

/** Plain convolutions by the kernels made for them, with the activation in the same pass; the others by the general operation. */
function convolve({ tape, model }: Pass, layer: Conv2dLayer, x: Tensor, fused: FusedClip | null): Tensor {
  const [weight, bias] = [tensorOf(model, layer, 'weight'), biasOf(model, layer)];
  const plain = plainConv2d(layer);
  if (!plain) {
    const y = generalConv2d(tape, layer, x, weight, bias);
    return fused ? clip(tape, y, fused.theta, fused.clip) : y;
  }
  const { stride, padding } = plain;
  return fused
    ? conv2dClip(tape, x, weight, bias, stride, padding, fused)
    : conv2d(tape, x, weight, bias, stride, padding);
}

function convolveBordered(pass: Pass, layer: Conv2dLayer, x: Tensor, { value }: PadLayer): Tensor {
  const y = convolve(pass, layer, x, null);
  const weight = tensorOf(pass.model, layer, 'weight');
  // a vector is a map of one position
  const map = x.shape.length === 2 ? ([1, 1] as const) : ([x.shape[1]!, x.shape[2]!] as const);
  return addBorder(pass.tape, y, weight, layer, value, map);
}

/** With the batch's statistics in training, with the running ones in inference. */
function normalise(
  { tape, model, options }: Pass,
  layer: BatchNormLayer,
  x: Tensor,
  fused: FusedClip | null,
): Tensor {
  const parameters = {
    gamma: tensorOf(model, layer, 'gamma'),
    beta: tensorOf(model, layer, 'beta'),
    mean: tensorOf(model, layer, 'mean'),
    variance: tensorOf(model, layer, 'variance'),
    epsilon: layer.epsilon,
    momentum: layer.momentum,
  };
  return (options.training ? batchNorm : batchNormInference)(tape, x, parameters, fused);
}

/** The clip of an activation, on its grid unless the pass is continuous; QCFS always has its grid. */
function clipOf({ tape, model, options }: Pass, layer: ActivationLayer): FusedClip {
  const { clip: clipFor, hasTheta } = builtIn(layer);
  const keepsGrid = !options.continuous || layer.activation === 'qcfs';
  return {
    clip: clipFor({ ...layer, levels: keepsGrid ? layer.levels : 0 }),
    theta: hasTheta ? tensorOf(model, layer, 'theta') : unbounded(tape),
  };
}

function unbounded(tape: Tape): Tensor {
  const theta = tape.tensor([1]);
  theta.data.fill(Number.POSITIVE_INFINITY);
  return theta;
}
