/**
 * @file Pairs of layers that one operation computes in a single pass over memory: an activation goes with what stands before it, a
 * border that is not 0 with the convolution behind it.
 */
import type { ActivationLayer, BatchNormLayer, Conv2dLayer, Layer, PadLayer } from './architecture.ts';
import { withBorder } from './bordered-conv.ts';

/** What an operation computes at once. The output is the last layer's: that of `fused` where there is one. */
export type Stage =
  | { readonly layer: Layer; readonly fused: null; readonly border?: PadLayer }
  | { readonly layer: BatchNormLayer | Conv2dLayer; readonly fused: ActivationLayer };

/**
 * The layers as they are computed, in order: a batch norm together with the activation after it; a convolution too, but only
 * where no gradients are wanted (conv2dClip has none). An activation of the caller's own stays by itself.
 * @example
 * const kinds = [{ kind: 'batchNorm' }, { kind: 'activation' }, { kind: 'flatten' }];
 * fuseLayers(kinds, true).map(({ layer }) => layer.kind); // ['batchNorm', 'flatten']
 */
export function fuseLayers(layers: readonly Layer[], recording: boolean): Stage[] {
  const stages: Stage[] = [];
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    const next = layers[i + 1];
    const bordered = layer.kind === 'pad' && next?.kind === 'conv2d' ? withBorder(layer, next) : null;
    if (layer.kind === 'pad' && bordered) {
      stages.push({ layer: bordered, fused: null, border: layer });
      i++;
      continue;
    }
    const fuses = layer.kind === 'batchNorm' || (layer.kind === 'conv2d' && !recording);
    if (fuses && next?.kind === 'activation' && !next.own) {
      stages.push({ layer, fused: next });
      i++;
    } else stages.push({ layer, fused: null });
  }
  return stages;
}
