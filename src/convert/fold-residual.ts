/**
 * @file The sum of a residual block: the currents of body and shortcut flow into the same neurons.
 */
import { InputError } from '../errors.ts';
import type { Current, LayerOutput, Summand } from './layer-output.ts';

/** @throws InputError when the two have different shapes, or a batch norm is left on an identity */
export function foldResidual(layer: string, bodyOutput: LayerOutput, shortcutOutput: LayerOutput): Current {
  const [body, shortcut] = [asCurrent(layer, bodyOutput), asCurrent(layer, shortcutOutput)];
  if (body.shape.join() !== shortcut.shape.join()) {
    throw new InputError(
      `${layer}: expected body and shortcut of one shape, found ${body.shape.join('x')} and ${shortcut.shape.join('x')}; correct the architecture`,
    );
  }
  return {
    ...body,
    summands: [...body.summands, ...shortcut.summands],
    bias: body.bias.map((b, c) => b + shortcut.bias[c]!),
    names: [...body.names, ...shortcut.names, layer],
  };
}

/** Spikes that reach the sum without weights arrive through an identity. */
function asCurrent(layer: string, output: LayerOutput): Current {
  if (output.kind === 'current') return output;
  const { from, pool, shape, affine, names } = output;
  if (affine) {
    throw new InputError(
      `${layer}: a batch norm (${affine.names.join(' ')}) before an identity shortcut cannot be folded; put a 1x1 convolution there`,
    );
  }
  const identity: Summand = {
    kind: 'identity',
    from,
    pool,
    weight: new Float64Array(0),
    original: null,
    kernel: 1,
    stride: 1,
    padding: 0,
  };
  return {
    kind: 'current',
    summands: [identity],
    bias: new Float64Array(shape[2]),
    shape,
    flat: false,
    names,
  };
}
