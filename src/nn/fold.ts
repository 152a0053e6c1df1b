/**
 * @file Batch-norm folding for inference: with its running statistics a batch norm after a convolution or a linear layer
 * is a scale and a shift per channel, and moves into weights and bias. The result is a model like any other.
 *
 * convert/fold-batch-norm.ts folds for a spiking network, in float64 and before weights too, and rounds at the very end. Here
 * float32 is right: the result runs in float32 next, and is held bit for bit to what it was before.
 */
import type { Heap } from '../memory/heap.ts';
import type { BatchNormLayer, Conv2dLayer, Layer, LinearLayer } from './architecture.ts';
import { withInner } from './inner-layers.ts';
import { emptyModel, type Model, tensorOf } from './model.ts';
import type { Roles } from './parameters.ts';

type Weighted = Conv2dLayer | LinearLayer;

const isWeighted = (layer: Layer | undefined): layer is Weighted =>
  layer?.kind === 'conv2d' || layer?.kind === 'linear';

/** The layers without the batch norms that fold; `onFold` is called with each pair. */
function foldLayers(
  layers: readonly Layer[],
  onFold: (layer: Weighted, norm: BatchNormLayer) => void,
): Layer[] {
  return layers.flatMap((layer, i): Layer[] => {
    if (layer.kind === 'batchNorm') return isWeighted(layers[i - 1]) ? [] : [layer];
    const next = layers[i + 1];
    if (!isWeighted(layer)) return [withInner(layer, (inner) => foldLayers(inner, onFold))];
    if (next?.kind !== 'batchNorm') return [layer];
    onFold(layer, next);
    return [{ ...layer, bias: true }];
  });
}

/**
 * A copy of the model on the heap with its batch norms folded: w' = w * scale, b' = b * scale + shift,
 * scale = gamma / sqrt(variance + epsilon), shift = beta - mean * scale. Free it with `disposeModel`.
 * @example
 * const folded = foldModel(heap, model);
 * folded.architecture.layers.some(({ kind }) => kind === 'batchNorm'); // false
 * disposeModel(heap, folded);
 */
export function foldModel(heap: Heap, model: Model): Model {
  const pairs: (readonly [Weighted, BatchNormLayer])[] = [];
  const layers = foldLayers(model.architecture.layers, (layer, norm) => pairs.push([layer, norm]));
  const folded = emptyModel(heap, { ...model.architecture, layers });
  for (const [name, tensor] of folded.tensors) {
    const kept = model.tensors.get(name);
    if (kept) tensor.data.set(kept.data);
  }
  for (const [layer, norm] of pairs) {
    const of = (role: Roles['batchNorm']): ArrayLike<number> => tensorOf(model, norm, role).data;
    const [gamma, beta, mean, variance] = [of('gamma'), of('beta'), of('mean'), of('variance')];
    const weight = tensorOf(folded, layer, 'weight').data;
    const bias = tensorOf(folded, layer, 'bias').data;
    for (let c = 0; c < norm.channels; c++) {
      const scale = gamma[c]! / Math.sqrt(variance[c]! + norm.epsilon);
      for (let i = c; i < weight.length; i += norm.channels) weight[i]! *= scale;
      bias[c] = (bias[c]! - mean[c]!) * scale + beta[c]!;
    }
  }
  return folded;
}
