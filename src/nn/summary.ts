/**
 * @file What a network is made of, layer by layer: output shape, parameters, multiply-accumulates.
 */
import type { Architecture, Layer, MapShape } from './architecture.ts';
import { innerLayers } from './inner-layers.ts';
import { isTrained, parameterSpecs } from './parameters.ts';
import { shapeAfter } from './shapes.ts';

/** What one layer is and costs. */
export interface LayerSummary {
  /** Of a layer inside another: BLOCK/body/LAYER, BLOCK/shortcut/LAYER or BLOCK/branch1/LAYER. */
  readonly name: string;
  readonly kind: Layer['kind'];
  readonly output: MapShape;
  /** Trained numbers. */
  readonly parameters: number;
  /** Multiply-accumulates for one image; taps in the padding are not counted. */
  readonly macs: number;
}

/**
 * One row for each layer, in the order in which they compute.
 * @throws InputError when the layers do not fit together
 * @example
 * summarise(network.architecture).at(-1).output; // [1, 1, 10]
 */
export function summarise(architecture: Architecture): LayerSummary[] {
  return rows(architecture.layers, architecture.input, architecture.name, '');
}

function rows(layers: readonly Layer[], input: MapShape, source: string, prefix: string): LayerSummary[] {
  let shape = input;
  return layers.flatMap((layer) => {
    const before = shape;
    shape = shapeAfter(layer, shape, source);
    const inner = innerLayers(layer);
    const inside = inner.flatMap(([name, part]) =>
      rows(part, before, source, `${prefix}${layer.name}/${name}/`),
    );
    const own = inner.length > 0 ? [] : parameterSpecs([layer]).filter(isTrained);
    const parameters = own.reduce((sum, spec) => sum + spec.shape.reduce((a, b) => a * b, 1), 0);
    const row = { name: prefix + layer.name, kind: layer.kind, output: shape, parameters };
    return [...inside, { ...row, macs: macsOf(layer, before, shape) }];
  });
}

function macsOf(layer: Layer, input: MapShape, output: MapShape): number {
  if (layer.kind === 'linear') return layer.inputs * layer.outputs;
  if (layer.kind !== 'conv2d') return 0;
  const { kernel, stride, padding, dilation, groups, inChannels, outChannels } = layer;
  const taps = (axis: 0 | 1): number => {
    let inside = 0;
    for (let o = 0; o < output[axis]; o++)
      for (let k = 0; k < kernel[axis]; k++) {
        const at = o * stride[axis] + k * dilation[axis] - padding[2 * axis]!;
        if (at >= 0 && at < input[axis]) inside++;
      }
    return inside;
  };
  return taps(0) * taps(1) * (inChannels / groups) * outChannels;
}

/** Sums of a summary. */
export function totals(summary: readonly LayerSummary[]): {
  readonly parameters: number;
  readonly macs: number;
} {
  return {
    parameters: summary.reduce((sum, { parameters }) => sum + parameters, 0),
    macs: summary.reduce((sum, { macs }) => sum + macs, 0),
  };
}
