/**
 * @file The steps of a scheme for a range of tiles or channels. Tasks combine them: by-tiles.ts, by-channels.ts and the
 * two gradient-by-*.ts.
 *
 * U (weights): [point][panels of out channels (gemm/panel.ts) of `ins` steps]; V (inputs): [point][tile][ins + gap];
 * M (products) and W (gradients of outputs): [point][tile][outs + gap]; dU: [point][ins][outs].
 * `pointX` is the number of bytes from one point of X to the next, `strideX` that from tile to tile.
 */
import { i32, type ModuleBuilder } from '../../assembler/assembler.ts';
import { defineBlock } from '../../gemm/block.ts';
import { defineEpilogue } from '../epilogue.ts';
import { defineFromMap, defineToMap, type FromMap, type ToMap } from './map-steps.ts';
import { defineGradients, defineProducts, type Gradients, type Products } from './product-steps.ts';
import type { Scheme } from './scheme.ts';
import { defineTileAddresses } from './tiles.ts';
import { defineTransforms } from './transforms.ts';
import { defineWeightGradients, defineWeights, type WeightGradients, type Weights } from './weight-steps.ts';

/** A lane's own memory for one tile: its address table and the transforms' temporary. */
export interface Head {
  readonly table: number;
  readonly temporary: number;
}

/** Bytes of both. */
export function headBytes(scheme: Scheme): Head {
  const most = Math.max(scheme.inputs, scheme.outputs, scheme.points, scheme.taps) ** 2;
  return { table: 4 * most, temporary: 16 * most };
}

export interface Steps {
  /** x -> V */
  readonly inputs: FromMap;
  /** dy -> W */
  readonly outputGradients: FromMap;
  /** w -> U */
  readonly weights: Weights;
  /** M = V U at every point */
  readonly products: Products;
  /** M -> y */
  readonly outputs: ToMap;
  /** dU = V^T W at every point */
  readonly gradients: Gradients;
  /** dU -> dw */
  readonly weightGradients: WeightGradients;
}

export function defineSteps(builder: ModuleBuilder, scheme: Scheme, relaxed: boolean): Steps {
  const byRows = defineBlock(builder, { a: 'rows', b: 'packed' }, relaxed);
  const byColumns = defineBlock(builder, { a: 'columns', b: 'strided' }, relaxed);
  const transforms = defineTransforms(builder, scheme, relaxed);
  const epilogue = defineEpilogue(builder);
  const inputTiles = defineTileAddresses(builder, 'input places', scheme.inputs, scheme.outputs);
  const outputTiles = defineTileAddresses(builder, 'output places', scheme.outputs, scheme.outputs);
  const points = scheme.points ** 2;
  const { table: temporaryAt } = headBytes(scheme);

  const inputs = defineFromMap(builder, 'inputs', {
    addresses: inputTiles,
    transform: transforms.input,
    temporaryAt,
    sizes: (s) => ({ height: s.inHeight, width: s.inWidth, channels: s.inChannels }),
    offset: (s) => i32.sub(s.padding, scheme.skipped),
  });
  const outputGradients = defineFromMap(builder, 'output gradients', {
    addresses: outputTiles,
    transform: transforms.outputGradient,
    temporaryAt,
    sizes: (s) => ({ height: s.outHeight, width: s.outWidth, channels: s.outChannels }),
    offset: 0,
  });
  return {
    inputs,
    outputGradients,
    weights: defineWeights(builder, transforms.weights, temporaryAt),
    products: defineProducts(builder, points, byRows),
    outputs: defineToMap(builder, scheme, { addresses: outputTiles, transforms, epilogue, temporaryAt }),
    gradients: defineGradients(builder, points, byColumns),
    weightGradients: defineWeightGradients(builder, transforms.weightGradient, temporaryAt),
  };
}
