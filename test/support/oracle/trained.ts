/**
 * @file A trained network evaluated from the definition of each layer, one value at a time, in float64 (exact on dyadic
 * numbers). Only types come from src; the converter's folding is compared with this.
 */
import type { Layer, TrainedNetwork } from '../../../src/nn/architecture.ts';

export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** [height, width, channels]. */
  readonly values: readonly number[];
}

export function evaluate(network: TrainedNetwork, image: ArrayLike<number>): readonly number[] {
  const [height, width, channels] = network.architecture.input;
  const input = { height, width, channels, values: Array.from(image) };
  return network.architecture.layers.reduce((map, layer) => apply(network, layer, map), input as FeatureMap)
    .values;
}

function build(
  height: number,
  width: number,
  channels: number,
  at: (y: number, x: number, c: number) => number,
) {
  const values: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) for (let c = 0; c < channels; c++) values.push(at(y, x, c));
  return { height, width, channels, values };
}

function apply(network: TrainedNetwork, layer: Layer, map: FeatureMap): FeatureMap {
  const { height, width, channels, values } = map;
  const get = (y: number, x: number, c: number): number =>
    y < 0 || x < 0 || y >= height || x >= width ? 0 : values[(y * width + x) * channels + c]!;
  const find = (part: string): ArrayLike<number> | undefined => network.weights.get(`${layer.name}.${part}`);
  const read = (part: string): ArrayLike<number> => find(part)!;
  switch (layer.kind) {
    case 'dropout':
      return map;
    case 'flatten':
      return { height: 1, width: 1, channels: values.length, values };
    case 'avgPool':
    case 'maxPool': {
      const [rows, columns] = layer.window;
      const size = (length: number, axis: number): number =>
        Math.floor(
          (length + layer.padding[2 * axis]! + layer.padding[2 * axis + 1]! - layer.window[axis]!) /
            layer.stride[axis]!,
        ) + 1;
      return build(size(height, 0), size(width, 1), channels, (y, x, c) => {
        const inside: number[] = [];
        for (let dy = 0; dy < rows; dy++)
          for (let dx = 0; dx < columns; dx++) {
            const row = y * layer.stride[0] + dy - layer.padding[0];
            const column = x * layer.stride[1] + dx - layer.padding[2];
            if (row >= 0 && column >= 0 && row < height && column < width) inside.push(get(row, column, c));
          }
        if (layer.kind === 'maxPool') return Math.max(...inside);
        return inside.reduce((a, b) => a + b, 0) / (layer.countPadding ? rows * columns : inside.length);
      });
    }
    case 'pad': {
      const [top, bottom, left, right] = layer.padding;
      return build(height + top + bottom, width + left + right, channels, (y, x, c) =>
        y < top || x < left || y >= top + height || x >= left + width
          ? layer.value
          : get(y - top, x - left, c),
      );
    }
    case 'concat': {
      const parts = layer.branches.map((branch) =>
        branch.reduce((at, inner) => apply(network, inner, at), map),
      );
      const total = parts.reduce((sum, part) => sum + part.channels, 0);
      return build(parts[0]!.height, parts[0]!.width, total, (y, x, c) => {
        let first = 0;
        for (const part of parts) {
          if (c < first + part.channels)
            return part.values[(y * part.width + x) * part.channels + c - first]!;
          first += part.channels;
        }
        throw new Error('no such channel');
      });
    }
    case 'batchNorm': {
      const [gamma, beta, mean, variance] = [read('gamma'), read('beta'), read('mean'), read('variance')];
      return build(height, width, channels, (y, x, c) => {
        const deviation = Math.sqrt(variance[c]! + layer.epsilon);
        return (gamma[c]! * (get(y, x, c) - mean[c]!)) / deviation + beta[c]!;
      });
    }
    case 'activation': {
      const theta = find('theta');
      return build(height, width, channels, (y, x, c) => {
        const limit = theta ? Math.abs(theta[theta.length > 1 ? c : 0]!) : Number.POSITIVE_INFINITY;
        return Math.max(layer.activation === 'strelu' ? -limit : 0, Math.min(limit, get(y, x, c)));
      });
    }
    case 'linear':
      return build(1, 1, layer.outputs, (_y, _x, o) => {
        const weighted = values.map((value, i) => value * read('weight')[i * layer.outputs + o]!);
        return weighted.reduce((a, b) => a + b, layer.bias ? read('bias')[o]! : 0);
      });
    case 'conv2d': {
      const { kernel, stride, padding, dilation, groups, inChannels, outChannels } = layer;
      const own = inChannels / groups; // channels of a group
      const size = (length: number, axis: 0 | 1): number =>
        Math.floor(
          (length + padding[2 * axis]! + padding[2 * axis + 1]! - dilation[axis] * (kernel[axis] - 1) - 1) /
            stride[axis],
        ) + 1;
      return build(size(height, 0), size(width, 1), outChannels, (y, x, o) => {
        let sum = layer.bias ? read('bias')[o]! : 0;
        const first = Math.floor(o / (outChannels / groups)) * own;
        for (let ky = 0; ky < kernel[0]; ky++)
          for (let kx = 0; kx < kernel[1]; kx++)
            for (let i = 0; i < own; i++)
              sum +=
                get(
                  y * stride[0] + ky * dilation[0] - padding[0],
                  x * stride[1] + kx * dilation[1] - padding[2],
                  first + i,
                ) * read('weight')[((ky * kernel[1] + kx) * own + i) * outChannels + o]!;
        return sum;
      });
    }
    case 'custom':
      throw new Error(`oracle: ${layer.name} is the caller's own`);
    case 'residual': {
      const body = layer.body.reduce((at, inner) => apply(network, inner, at), map);
      const shortcut = layer.shortcut.reduce((at, inner) => apply(network, inner, at), map);
      return { ...body, values: body.values.map((value, i) => value + shortcut.values[i]!) };
    }
  }
}
