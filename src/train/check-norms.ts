/**
 * @file A batch norm needs more than one value to normalise: over a single one the mean is the value itself, the output is beta whatever
 * came in, and the network learns nothing, without a word.
 */
import { UsageError } from '../errors.ts';
import type { Architecture, Layer, MapShape } from '../nn/architecture.ts';
import { innerLayers } from '../nn/inner-layers.ts';
import { shapeAfter } from '../nn/shapes.ts';

/** @throws UsageError naming the first batch norm whose statistics would be over one value per channel */
export function checkNorms({ layers, input }: Architecture, batchSize: number): void {
  if (batchSize > 1) return;
  const single = firstSingle(layers, input);
  if (single === null) return;
  throw new UsageError(
    `training: layer ${single} would normalise one value per channel in mini-batches of ${batchSize}, and learn nothing; choose a batchSize of at least 2`,
    { code: 'batch-too-small' },
  );
}

function firstSingle(layers: readonly Layer[], input: MapShape): string | null {
  let shape = input;
  for (const layer of layers) {
    if (layer.kind === 'batchNorm' && shape[0] * shape[1] === 1) return layer.name;
    for (const [, inner] of innerLayers(layer)) {
      const found = firstSingle(inner, shape);
      if (found !== null) return found;
    }
    shape = shapeAfter(layer, shape, 'training');
  }
  return null;
}
