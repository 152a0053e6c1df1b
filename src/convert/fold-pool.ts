/**
 * @file Average pooling commutes with linear maps (law L18). After an activation it is handed to the synapses; between weights
 * and activation it makes one larger convolution of the two:
 *
 *     w'[j] = 1/size^2 * sum over d, k with d * stride + k = j of w[k],   stride' = stride * size, padding' = padding
 */
import { InputError } from '../errors.ts';
import type { AvgPoolLayer, MapShape } from '../nn/architecture.ts';
import { plainPool } from '../nn/window-of-layer.ts';
import type { LayerOutput, Summand } from './layer-output.ts';

/** @throws InputError when the window is larger than the map */
export function foldPool(layer: AvgPoolLayer, input: LayerOutput): LayerOutput {
  const { name } = layer;
  const size = plainPool(layer);
  if (size === null)
    throw new InputError(
      `${name}: an average pool whose windows are not square, overlap or have padding cannot be converted yet; use a plain one`,
    );
  const shape = pooledShape(name, input.shape, size);
  const names = [...input.names, name];
  if (input.kind === 'spikes') return { ...input, pool: input.pool * size, shape, names };
  const outputs = input.bias.length;
  return { ...input, summands: input.summands.map((one) => widened(one, size, outputs)), shape, names };
}

function pooledShape(layer: string, shape: MapShape, window: number): MapShape {
  const [height, width] = [Math.floor(shape[0] / window), Math.floor(shape[1] / window)];
  if (!Number.isInteger(window) || window < 1 || height < 1 || width < 1) {
    throw new InputError(
      `${layer}: expected a window that fits ${shape[0]} x ${shape[1]}, found ${window}; use a smaller one`,
    );
  }
  return [height, width, shape[2]];
}

/** The mean over window x window outputs, as one convolution. */
function widened(summand: Summand, window: number, outputs: number): Summand {
  if (window === 1) return summand;
  if (summand.kind === 'identity') return { ...summand, pool: summand.pool * window };
  const { kernel, stride } = summand;
  const inputs = summand.weight.length / (kernel * kernel * outputs);
  const wide = kernel + (window - 1) * stride;
  const row = inputs * outputs;
  const weight = new Float64Array(wide * wide * row);
  for (let dy = 0; dy < window; dy++)
    for (let dx = 0; dx < window; dx++)
      for (let ky = 0; ky < kernel; ky++)
        for (let kx = 0; kx < kernel; kx++) {
          const to = ((dy * stride + ky) * wide + dx * stride + kx) * row;
          const from = (ky * kernel + kx) * row;
          for (let i = 0; i < row; i++) weight[to + i]! += summand.weight[from + i]! / (window * window);
        }
  return { ...summand, weight, original: null, kernel: wide, stride: stride * window };
}
