/**
 * @file What a network is made of, layer by layer: output shape, parameters, multiply-accumulates.
 */
import type { Architecture, Layer, MapShape } from './architecture.ts';
import { isTrained, parameterSpecs } from './parameters.ts';
import { shapeAfter } from './shapes.ts';

/** What one layer is and costs. */
export interface LayerSummary {
  /** Of a layer inside a residual block: BLOCK/body/LAYER or BLOCK/shortcut/LAYER. */
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
    const inside =
      layer.kind === 'residual'
        ? [
            ...rows(layer.body, before, source, `${prefix}${layer.name}/body/`),
            ...rows(layer.shortcut, before, source, `${prefix}${layer.name}/shortcut/`),
          ]
        : [];
    const own = layer.kind === 'residual' ? [] : parameterSpecs([layer]).filter(isTrained);
    const parameters = own.reduce((sum, spec) => sum + spec.shape.reduce((a, b) => a * b, 1), 0);
    const row = { name: prefix + layer.name, kind: layer.kind, output: shape, parameters };
    return [...inside, { ...row, macs: macsOf(layer, before, shape) }];
  });
}

function macsOf(layer: Layer, input: MapShape, output: MapShape): number {
  if (layer.kind === 'linear') return layer.inputs * layer.outputs;
  if (layer.kind !== 'conv2d') return 0;
  const taps = (size: number, out: number): number => {
    let inside = 0;
    for (let o = 0; o < out; o++)
      for (let k = 0; k < layer.kernel; k++) {
        const at = o * layer.stride + k - layer.padding;
        if (at >= 0 && at < size) inside++;
      }
    return inside;
  };
  return taps(input[0], output[0]) * taps(input[1], output[1]) * layer.inChannels * layer.outChannels;
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
