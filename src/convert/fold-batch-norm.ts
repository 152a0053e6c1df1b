/**
 * @file Batch-norm folding: with its running statistics a batch norm is x -> scale * x + shift per channel, and
 * vanishes into the weights before it (always) or behind it (where no zero padding lies between).
 */
import { InputError } from '../errors.ts';
import type { BatchNormLayer, TrainedNetwork } from '../nn/architecture.ts';
import { parameter } from './parameters.ts';
import type { Affine, CurrentSignal } from './signal.ts';

/** scale = gamma / sqrt(variance + epsilon), shift = beta - mean * scale; lengths [channels]. */
export function affineOf(network: TrainedNetwork, layer: BatchNormLayer): Affine {
  const read = (part: string): Float32Array<ArrayBufferLike> =>
    parameter(network, `${layer.name}.${part}`, layer.channels);
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

/** second after first. */
export function composeAffine(first: Affine | null, second: Affine): Affine {
  if (!first) return second;
  return {
    scale: second.scale.map((scale, c) => scale * first.scale[c]!),
    shift: second.shift.map((shift, c) => shift + second.scale[c]! * first.shift[c]!),
    names: [...first.names, ...second.names],
  };
}

/** The batch norm behind the weights: scales output channels. */
export function foldBehind(current: CurrentSignal, affine: Affine, layer: string): CurrentSignal {
  if (current.parts.some((part) => part.kind === 'identity')) {
    throw new InputError(
      `${layer}: a batch norm behind a residual add cannot be folded into the identity; put it inside the body, before the add`,
    );
  }
  const channels = current.bias.length;
  return {
    ...current,
    parts: current.parts.map((part) => ({
      ...part,
      weight: part.weight.map((w, i) => w * affine.scale[i % channels]!),
    })),
    bias: current.bias.map((b, c) => b * affine.scale[c]! + affine.shift[c]!),
    names: [...current.names, ...affine.names],
  };
}

/**
 * The batch norm in front of weights [taps, inputs, outputs]: scales input channels, moves its shift into the bias.
 * @returns new weights and what is added to the bias
 */
export function foldAhead(
  weight: ArrayLike<number>,
  inputs: number,
  outputs: number,
  affine: Affine,
): { weight: Float64Array; bias: Float64Array } {
  const folded = new Float64Array(weight.length);
  const bias = new Float64Array(outputs);
  for (let i = 0; i < folded.length; i++) {
    const input = Math.floor(i / outputs) % inputs;
    folded[i] = weight[i]! * affine.scale[input]!;
    bias[i % outputs]! += weight[i]! * affine.shift[input]!;
  }
  return { weight: folded, bias };
}
