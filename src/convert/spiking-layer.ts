/** @file A folded layer gets its thresholds and becomes a spiking layer. */
import { InputError } from '../errors.ts';
import { frameOf, type MapWindow, squareOf } from '../nn/map-window.ts';
import { plainPool } from '../nn/window-of-layer.ts';
import type { PoolWindow, SpikingLayer, Synapses } from '../snn/network.ts';
import { withBorderCurrents } from './border-currents.ts';
import type { FoldedLayer } from './fold-layers.ts';
import type { Summand } from './layer-output.ts';

/**
 * The layer with its numbers rounded to float32, once.
 * @param theta [1] or [channels]; null for the readout
 * @throws InputError when there is another number of thresholds, or a weight or bias is not finite
 */
export function spikingLayer(
  { name, shape, bias, summands }: FoldedLayer,
  theta: Float32Array<ArrayBuffer> | null,
): SpikingLayer {
  if (theta && theta.length !== 1 && theta.length !== shape[2]) {
    throw new InputError(
      `${name}: expected 1 or ${shape[2]} thresholds, found ${theta.length}; correct the architecture, or put the flatten behind the activation`,
    );
  }
  return {
    name,
    shape,
    theta: theta ?? new Float32Array(0),
    bias: rounded(name, withBorderCurrents(shape, bias, summands)),
    inputs: summands.map((summand) => synapsesOf(summand, rounded(name, summand.weight))),
  };
}

/** As short as they can be said: numbers for squares, and no field for what there is not. */
function synapsesOf(summand: Summand, weight: Float32Array<ArrayBuffer>): Synapses {
  const { kind, from, maxPool, pool, kernel, stride, padding, dilation, groups } = summand;
  return {
    kind,
    from,
    ...(maxPool && { maxPool: said(maxPool) }),
    pool: plainPool(pool) ?? said(pool),
    weight,
    kernel: squareOf(kernel),
    stride: squareOf(stride),
    padding: frameOf(padding),
    ...(dilation.some((gap) => gap > 1) && { dilation: squareOf(dilation) }),
    ...(groups > 1 && { groups }),
  };
}

const said = ({ window, stride, padding }: MapWindow): PoolWindow => ({
  window: squareOf(window),
  stride: squareOf(stride),
  padding: frameOf(padding),
});

function rounded(layer: string, values: Float64Array): Float32Array<ArrayBuffer> {
  const narrow = Float32Array.from(values);
  const bad = narrow.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return narrow;
  throw new InputError(
    `${layer}: expected finite weights after folding, found ${narrow[bad]} at ${bad}; train again`,
  );
}
