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
  const read = (part: string): ArrayLike<number> => network.weights.get(`${layer.name}.${part}`)!;
  switch (layer.kind) {
    case 'dropout':
      return map;
    case 'flatten':
      return { height: 1, width: 1, channels: values.length, values };
    case 'avgPool': {
      const n = layer.size;
      return build(Math.floor(height / n), Math.floor(width / n), channels, (y, x, c) => {
        let sum = 0;
        for (let d = 0; d < n * n; d++) sum += get(y * n + Math.floor(d / n), x * n + (d % n), c);
        return sum / (n * n);
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
      const theta = read('theta');
      return build(height, width, channels, (y, x, c) => {
        const limit = Math.abs(theta[theta.length > 1 ? c : 0]!);
        return Math.max(layer.activation === 'trelu' ? 0 : -limit, Math.min(limit, get(y, x, c)));
      });
    }
    case 'linear':
      return build(1, 1, layer.outputs, (_y, _x, o) => {
        const weighted = values.map((value, i) => value * read('weight')[i * layer.outputs + o]!);
        return weighted.reduce((a, b) => a + b, layer.bias ? read('bias')[o]! : 0);
      });
    case 'conv2d': {
      const { kernel, stride, padding, inChannels, outChannels } = layer;
      const size = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
      return build(size(height), size(width), outChannels, (y, x, o) => {
        let sum = layer.bias ? read('bias')[o]! : 0;
        for (let ky = 0; ky < kernel; ky++)
          for (let kx = 0; kx < kernel; kx++)
            for (let i = 0; i < inChannels; i++)
              sum +=
                get(y * stride + ky - padding, x * stride + kx - padding, i) *
                read('weight')[((ky * kernel + kx) * inChannels + i) * outChannels + o]!;
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
