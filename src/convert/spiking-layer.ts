/** @file A folded layer gets its thresholds and becomes a spiking layer. */
import { InputError } from '../errors.ts';
import type { SpikingLayer } from '../snn/network.ts';
import type { FoldedLayer } from './fold-layers.ts';

/**
 * The layer with its numbers rounded to float32, once.
 * @param theta [1] or [channels]; null for the readout
 * @throws InputError when there is another number of thresholds, or a weight or bias is not finite
 */
export function spikingLayer(
  { name, current }: FoldedLayer,
  theta: Float32Array<ArrayBuffer> | null,
): SpikingLayer {
  const { shape, bias, summands } = current;
  if (theta && theta.length !== 1 && theta.length !== shape[2]) {
    throw new InputError(
      `${name}: expected 1 or ${shape[2]} thresholds, found ${theta.length}; correct the architecture`,
    );
  }
  return {
    name,
    shape,
    theta: theta ?? new Float32Array(0),
    bias: rounded(name, bias),
    inputs: summands.map(({ kind, from, pool, kernel, stride, padding, weight }) => ({
      kind,
      from,
      pool,
      weight: rounded(name, weight),
      kernel,
      stride,
      padding,
    })),
  };
}

function rounded(layer: string, values: Float64Array): Float32Array<ArrayBuffer> {
  const narrow = Float32Array.from(values);
  const bad = narrow.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return narrow;
  throw new InputError(
    `${layer}: expected finite weights after folding, found ${narrow[bad]} at ${bad}; train again`,
  );
}
