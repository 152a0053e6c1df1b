/**
 * @file Batch-norm folding: with its running statistics a batch norm is x -> scale * x + shift per channel (law L18). It vanishes
 * into the weights before it, always, or into the weights after it where no zero padding lies between.
 *
 * nn/fold.ts folds as well, and must not be the same code: it makes a float32 model for inference, from the batch norms that
 * follow weights directly, and its results are pinned bit for bit. Here every step of a conversion is float64, so that pools and
 * further batch norms can follow, and weights are rounded once, when the spiking layer is made.
 */
import { InputError } from '../errors.ts';
import {
  type BatchNormLayer,
  type Conv2dLayer,
  type LinearLayer,
  mapSize,
  type TrainedNetwork,
} from '../nn/architecture.ts';
import type { Affine, Current, LayerOutput } from './layer-output.ts';
import { readParameter } from './read-parameter.ts';

/**
 * A batch norm after weights goes into them; one after spikes waits for the weights that come next.
 * @throws InputError when it cannot be folded
 */
export function foldBatchNorm(
  layer: BatchNormLayer,
  input: LayerOutput,
  network: TrainedNetwork,
): LayerOutput {
  const flat = input.kind === 'current' && input.flat;
  const channels = flat ? mapSize(input.shape) : input.shape[2];
  if (layer.channels !== channels)
    throw new InputError(
      `${layer.name}: expected ${channels} channels, found ${layer.channels}; correct the architecture`,
    );
  if (channels > input.shape[2])
    throw new InputError(
      `${layer.name}: a batch norm between a flatten and its activation cannot be folded; put it before the flatten`,
    );
  const affine = affineOf(network, layer);
  if (input.kind === 'spikes' && input.parts.some(({ border }) => border.some((side) => side > 0)))
    refuseShift(layer.name, affine);
  if (input.kind === 'current') return foldNormAfter(input, affine, layer.name);
  return { ...input, affine: input.affine ? composed(input.affine, affine) : affine };
}

/** scale = gamma / sqrt(variance + epsilon), shift = beta - mean * scale; lengths [channels]. */
function affineOf(network: TrainedNetwork, layer: BatchNormLayer): Affine {
  const read = (role: string): Float32Array<ArrayBufferLike> =>
    readParameter(network, `${layer.name}.${role}`, layer.channels);
  const [gamma, beta, mean, variance] = [read('gamma'), read('beta'), read('mean'), read('variance')];
  const scale = Float64Array.from(gamma, (g, c) => g / Math.sqrt(variance[c]! + layer.epsilon));
  const unusable = scale.findIndex((value) => !Number.isFinite(value));
  if (unusable >= 0) {
    throw new InputError(
      `${layer.name}: expected variance + epsilon > 0, found variance ${variance[unusable]} in channel ${unusable}; train again`,
    );
  }
  const shift = Float64Array.from(beta, (b, c) => b - mean[c]! * scale[c]!);
  return { scale, shift, names: [layer.name] };
}

/** The second batch norm after the first. */
function composed(first: Affine, second: Affine): Affine {
  return {
    scale: second.scale.map((scale, c) => scale * first.scale[c]!),
    shift: second.shift.map((shift, c) => shift + second.scale[c]! * first.shift[c]!),
    names: [...first.names, ...second.names],
  };
}

/** A batch norm after weights scales their output channels: w' = scale * w, b' = scale * b + shift. */
function foldNormAfter(current: Current, affine: Affine, layer: string): Current {
  if (current.maxPool && affine.scale.some((scale) => scale < 0)) {
    throw new InputError(
      `${layer}: a batch norm that turns signs cannot be folded behind a max pool (${current.maxPool.name}); put it before the pool`,
    );
  }
  if (current.parts.some(({ summands }) => summands.some(({ kind }) => kind === 'identity'))) {
    throw new InputError(
      `${layer}: a batch norm after a residual add cannot be folded into the identity; put it inside the body, before the add`,
    );
  }
  let first = 0;
  const parts = current.parts.map(({ summands, bias }) => {
    const channels = bias.length;
    const [scale, shift] = [affine.scale, affine.shift].map((all) => all.subarray(first, first + channels));
    first += channels;
    return {
      summands: summands.map((summand) => ({
        ...summand,
        weight: summand.weight.map((w, i) => w * scale![i % channels]!),
      })),
      bias: bias.map((b, c) => b * scale![c]! + shift![c]!),
    };
  });
  return {
    ...current,
    parts,
    names: [...current.names, ...affine.names],
  };
}

/**
 * A batch norm that waits, and zeros that come behind it.
 * @throws InputError when it has a shift: a padded 0 has none
 */
export function refuseShift(layer: string, affine: Affine | null): void {
  if (!affine?.shift.some((shift) => shift !== 0)) return;
  throw new InputError(
    `${layer}: a batch norm (${affine.names.join(' ')}) before zero padding cannot be folded; put it after the convolution`,
  );
}

/** What a weight layer has learned. */
export interface WeightsAndBias {
  /** [taps, inputs, outputs] */
  readonly weight: Float64Array;
  /** [outputs] */
  readonly bias: Float64Array;
}

/**
 * A batch norm before weights scales their input channels, and what its shift sends through them goes into the bias.
 * @throws InputError when zero padding lies between: a padded 0 has no shift
 */
export function foldNormBefore(
  layer: Conv2dLayer | LinearLayer,
  { weight, bias }: WeightsAndBias,
  affine: Affine,
): WeightsAndBias {
  if (layer.kind === 'conv2d' && layer.padding.some((side) => side > 0)) refuseShift(layer.name, affine);
  const outputs = bias.length;
  const groups = layer.kind === 'conv2d' ? layer.groups : 1;
  const [own, outs] = [affine.scale.length / groups, outputs / groups];
  const folded = new Float64Array(weight.length);
  const shifted = new Float64Array(outputs);
  for (let i = 0; i < folded.length; i++) {
    const input = Math.floor((i % outputs) / outs) * own + (Math.floor(i / outputs) % own);
    folded[i] = weight[i]! * affine.scale[input]!;
    shifted[i % outputs]! += weight[i]! * affine.shift[input]!;
  }
  return { weight: folded, bias: bias.map((b, c) => b + shifted[c]!) };
}

/** A batch norm of [channels] for the `size` values of a map that is read as a vector. */
export function repeatAffine({ scale, shift, names }: Affine, size: number): Affine {
  const repeated = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: size }, (_, i) => values[i % values.length]!);
  return { scale: repeated(scale), shift: repeated(shift), names };
}
