/**
 * @file Average pooling commutes with linear maps (law L18). Behind an activation it is handed to the synapses;
 * between weights and activation it makes one larger convolution:
 *     w'[j] = 1/size^2 * sum over d, k with d * stride + k = j of w[k],   stride' = stride * size, padding' = padding
 */
import { InputError } from '../errors.ts';
import type { MapShape } from '../nn/architecture.ts';
import type { CurrentSignal, Part, SpikeSignal } from './signal.ts';

/** @throws InputError when the window is larger than the map. */
export function pooledShape(shape: MapShape, window: number, layer: string): MapShape {
  const [height, width] = [Math.floor(shape[0] / window), Math.floor(shape[1] / window)];
  if (!Number.isInteger(window) || window < 1 || height < 1 || width < 1) {
    throw new InputError(
      `${layer}: expected a window that fits ${shape[0]} x ${shape[1]}, found ${window}; use a smaller one`,
    );
  }
  return [height, width, shape[2]];
}

export function poolSpikes(signal: SpikeSignal, window: number, layer: string): SpikeSignal {
  return {
    ...signal,
    pool: signal.pool * window,
    shape: pooledShape(signal.shape, window, layer),
    names: [...signal.names, layer],
  };
}

export function poolCurrent(current: CurrentSignal, window: number, layer: string): CurrentSignal {
  const shape = pooledShape(current.shape, window, layer);
  const parts = current.parts.map((part) => widen(part, window, current.bias.length));
  return { ...current, parts, shape, names: [...current.names, layer] };
}

function widen(part: Part, window: number, outputs: number): Part {
  if (window === 1) return part;
  if (part.kind === 'identity') return { ...part, pool: part.pool * window };
  const { kernel, stride } = part;
  const inputs = part.weight.length / (kernel * kernel * outputs);
  const wide = kernel + (window - 1) * stride;
  const row = inputs * outputs;
  const weight = new Float64Array(wide * wide * row);
  for (let dy = 0; dy < window; dy++)
    for (let dx = 0; dx < window; dx++)
      for (let ky = 0; ky < kernel; ky++)
        for (let kx = 0; kx < kernel; kx++) {
          const to = ((dy * stride + ky) * wide + dx * stride + kx) * row;
          const from = (ky * kernel + kx) * row;
          for (let i = 0; i < row; i++) weight[to + i]! += part.weight[from + i]! / (window * window);
        }
  return { ...part, weight, original: null, kernel: wide, stride: stride * window };
}
