/**
 * @file Two oracles in float64, written from the definitions: the trained network, and the converted one with rates
 * in place of spikes. Conversion is right when both give the same logits.
 */
import type { Layer, MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { plainSynapses } from '../../src/snn/plain-synapses.ts';

interface FeatureMap {
  readonly shape: MapShape;
  readonly x: Float64Array;
}

const at = (map: FeatureMap, y: number, x: number, c: number): number =>
  y < 0 || x < 0 || y >= map.shape[0] || x >= map.shape[1]
    ? 0
    : map.x[(y * map.shape[1] + x) * map.shape[2] + c]!;

function make(shape: MapShape, value: (y: number, x: number, c: number) => number): FeatureMap {
  const x = new Float64Array(shape[0] * shape[1] * shape[2]);
  for (let i = 0; i < x.length; i++) {
    const position = Math.floor(i / shape[2]);
    x[i] = value(Math.floor(position / shape[1]), position % shape[1], i % shape[2]);
  }
  return { shape, x };
}

function convolve(
  map: FeatureMap,
  w: ArrayLike<number>,
  kernel: number,
  stride: number,
  padding: number,
  out: MapShape,
): FeatureMap {
  return make(out, (y, x, c) => {
    let sum = 0;
    for (let ky = 0; ky < kernel; ky++)
      for (let kx = 0; kx < kernel; kx++)
        for (let i = 0; i < map.shape[2]; i++) {
          sum +=
            at(map, y * stride + ky - padding, x * stride + kx - padding, i) *
            w[((ky * kernel + kx) * map.shape[2] + i) * out[2] + c]!;
        }
    return sum;
  });
}

function pool(map: FeatureMap, size: number): FeatureMap {
  return make([Math.floor(map.shape[0] / size), Math.floor(map.shape[1] / size), map.shape[2]], (y, x, c) => {
    let sum = 0;
    for (let dy = 0; dy < size; dy++)
      for (let dx = 0; dx < size; dx++) sum += at(map, y * size + dy, x * size + dx, c);
    return sum / (size * size);
  });
}

const vector = (map: FeatureMap): FeatureMap => ({ shape: [1, 1, map.x.length], x: map.x });
const clip = (x: number, theta: number, symmetric: boolean): number =>
  Math.max(symmetric ? -theta : 0, Math.min(theta, x));

/** The trained network's logits; image: [height, width, channels]. */
export function forwardTrained(network: TrainedNetwork, image: ArrayLike<number>): Float64Array {
  const { architecture } = network;
  return run(architecture.layers, { shape: architecture.input, x: Float64Array.from(image) }, network).x;
}

function run(layers: readonly Layer[], map: FeatureMap, network: TrainedNetwork): FeatureMap {
  const get = (name: string): Float32Array<ArrayBufferLike> => network.weights.get(name)!;
  for (const layer of layers) {
    const [h, w] = map.shape;
    const plus = (sum: FeatureMap): FeatureMap => {
      const bias = network.weights.get(`${layer.name}.bias`);
      return make(sum.shape, (y, x, c) => at(sum, y, x, c) + (bias?.[c] ?? 0));
    };
    if (layer.kind === 'conv2d') {
      const [kernel, stride, padding] = [layer.kernel[0], layer.stride[0], layer.padding[0]];
      const out = (length: number): number => Math.floor((length + 2 * padding - kernel) / stride) + 1;
      map = plus(
        convolve(map, get(`${layer.name}.weight`), kernel, stride, padding, [
          out(h),
          out(w),
          layer.outChannels,
        ]),
      );
    } else if (layer.kind === 'linear') {
      map = plus(convolve(map, get(`${layer.name}.weight`), 1, 1, 0, [1, 1, layer.outputs]));
    } else if (layer.kind === 'batchNorm') {
      const [gamma, beta, mean, variance] = ['gamma', 'beta', 'mean', 'variance'].map((part) =>
        get(`${layer.name}.${part}`),
      );
      const before = map;
      map = make(
        map.shape,
        (y, x, c) =>
          (gamma![c]! * (at(before, y, x, c) - mean![c]!)) / Math.sqrt(variance![c]! + layer.epsilon) +
          beta![c]!,
      );
    } else if (layer.kind === 'activation') {
      const theta = network.weights.get(`${layer.name}.theta`) ?? Float32Array.of(Number.POSITIVE_INFINITY);
      const before = map;
      map = make(map.shape, (y, x, c) =>
        clip(at(before, y, x, c), Math.abs(theta[c % theta.length]!), layer.activation === 'strelu'),
      );
    } else if (layer.kind === 'avgPool') map = pool(map, layer.window[0]);
    else if (layer.kind === 'flatten') map = vector(map);
    else if (layer.kind === 'residual') {
      const body = run(layer.body, map, network);
      const shortcut = run(layer.shortcut, map, network);
      map = make(body.shape, (y, x, c) => at(body, y, x, c) + at(shortcut, y, x, c));
    }
  }
  return map;
}

/** The converted network with a rate in place of spikes: the clipped one, or what `rate` says. */
export function forwardConverted(
  snn: SpikingNetwork,
  image: ArrayLike<number>,
  rate: (z: number, theta: number, layer: number) => number = (z, theta) =>
    clip(z, theta, snn.neuron.range.lowest < 0),
): Float64Array {
  const maps: FeatureMap[] = [];
  const input: FeatureMap = { shape: snn.input, x: Float64Array.from(image) };
  snn.layers.forEach((layer, l) => {
    const sums = layer.inputs.map((synapses) => {
      const plain = plainSynapses(synapses);
      const source = pool(synapses.from < 0 ? input : maps[synapses.from]!, plain.pool);
      if (synapses.kind === 'identity') return source;
      if (synapses.kind === 'linear') return convolve(vector(source), synapses.weight, 1, 1, 0, layer.shape);
      return convolve(source, plain.weight, plain.kernel, plain.stride, plain.padding, layer.shape);
    });
    const last = l === snn.layers.length - 1;
    maps.push(
      make(layer.shape, (y, x, c) => {
        const z = sums.reduce((sum, map) => sum + at(map, y, x, c), layer.bias[c]!);
        return last ? z : rate(z, layer.theta[c % layer.theta.length]!, l);
      }),
    );
  });
  return maps.at(-1)!.x;
}
