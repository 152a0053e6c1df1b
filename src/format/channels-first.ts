/**
 * @file Between strelu's order of a map, row, column, channel, and that of NIR and PyTorch: channel, row, column.
 */
import type { MapShape } from '../nn/architecture.ts';

/** Where each value of a map lies in the other order: `at[i]` is the place in [channels, height, width] of value i. */
export function channelsFirst([height, width, channels]: MapShape): Int32Array<ArrayBuffer> {
  const at = new Int32Array(height * width * channels);
  for (let position = 0; position < height * width; position++)
    for (let c = 0; c < channels; c++) at[position * channels + c] = c * height * width + position;
  return at;
}

/** The values of a map, channels first. */
export function toChannelsFirst(shape: MapShape, values: (i: number) => number): Float32Array<ArrayBuffer> {
  const at = channelsFirst(shape);
  const out = new Float32Array(at.length);
  for (let i = 0; i < at.length; i++) out[at[i]!] = values(i);
  return out;
}

/** [kernelHeight, kernelWidth, in, out] as [out, in, kernelHeight, kernelWidth]. */
export function toOihw(
  weight: ArrayLike<number>,
  taps: number,
  inputs: number,
  outputs: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(taps * inputs * outputs);
  for (let tap = 0; tap < taps; tap++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        out[(o * inputs + i) * taps + tap] = weight[(tap * inputs + i) * outputs + o]!;
  return out;
}

/** The way back of `toOihw`. */
export function fromOihw(
  weight: ArrayLike<number>,
  taps: number,
  inputs: number,
  outputs: number,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(taps * inputs * outputs);
  for (let tap = 0; tap < taps; tap++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        out[(tap * inputs + i) * outputs + o] = weight[(o * inputs + i) * taps + tap]!;
  return out;
}

/** [map in rows, columns, channels; out] as [out; map in channels, rows, columns]. */
export function toOutputsByInputs(
  weight: ArrayLike<number>,
  map: MapShape,
  outputs: number,
): Float32Array<ArrayBuffer> {
  const at = channelsFirst(map);
  const out = new Float32Array(at.length * outputs);
  for (let i = 0; i < at.length; i++)
    for (let o = 0; o < outputs; o++) out[o * at.length + at[i]!] = weight[i * outputs + o]!;
  return out;
}

/** The way back of `toOutputsByInputs`. */
export function fromOutputsByInputs(
  weight: ArrayLike<number>,
  map: MapShape,
  outputs: number,
): Float64Array<ArrayBuffer> {
  const at = channelsFirst(map);
  const out = new Float64Array(at.length * outputs);
  for (let i = 0; i < at.length; i++)
    for (let o = 0; o < outputs; o++) out[i * outputs + o] = weight[o * at.length + at[i]!]!;
  return out;
}
