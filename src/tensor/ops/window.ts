/**
 * @file Windows that move over maps [batch, height, width, channels]: what convolutions and pools share.
 */
import { outLength } from '../../kernels/conv2d/out-length.ts';
import type { Placement } from '../../kernels/copy/placement.ts';
import type { Shape } from '../shape.ts';

/** One number for both directions, or height and width apart. */
export type Pair = number | readonly [height: number, width: number];

/** One number for all edges, height and width apart, or every edge: [[top, bottom], [left, right]]. */
export type Padding =
  | Pair
  | readonly [readonly [top: number, bottom: number], readonly [left: number, right: number]];

/** How the window of a convolution or a pool moves over a map. */
export interface WindowOptions {
  /** Default: 1 for convolutions, the window for pools. */
  readonly stride?: Pair;
  /** Default: 0. */
  readonly padding?: Padding;
  /** Places between neighbouring taps. Default: 1. */
  readonly dilation?: Pair;
}

/** One direction of a window. */
export interface WindowAxis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  readonly after: number;
  readonly dilation: number;
}

export interface Window {
  readonly batch: number;
  readonly channels: number;
  readonly vertical: WindowAxis;
  readonly horizontal: WindowAxis;
}

/** The part of the maps that one tap of the window meets: x[source] lies at that tap of the output place y[target]. */
export interface Tap {
  /** [batch, rows, columns, channels] */
  readonly shape: Shape;
  readonly source: Placement;
  readonly target: Placement;
}

const pair = (value: Pair): readonly [number, number] => (typeof value === 'number' ? [value, value] : value);

function edges(padding: Padding): readonly (readonly [number, number])[] {
  if (typeof padding === 'number') return [pair(padding), pair(padding)];
  return padding.map((one) => (typeof one === 'number' ? [one, one] : one));
}

/**
 * @param x [batch, height, width, channels]
 * @throws Error when the maps have another rank, or an option is out of range, or no window fits
 */
export function windowOf(
  operation: string,
  x: Shape,
  kernel: Pair,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
): Window {
  if (x.length !== 4)
    throw new Error(`${operation}: expected maps [batch, height, width, channels], found shape [${x}]`);
  const [batch, height, width, channels] = x as [number, number, number, number];
  const axes = [height, width].map((input, i) => {
    const [before, after] = edges(padding)[i]!;
    const [k, s, d] = [pair(kernel)[i]!, pair(stride)[i]!, pair(dilation)[i]!];
    const output = outLength(input + before + after, { kernel: d * (k - 1) + 1, stride: s, padding: 0 });
    const whole = [k, s, d, before + 1, after + 1].every((value) => Number.isInteger(value) && value > 0);
    if (!whole || output < 1)
      throw new Error(
        `${operation}: expected a window that fits into [${x}], found kernel ${k}, stride ${s}, padding ${before} and ${after}, dilation ${d} over a length of ${input}`,
      );
    return { input, output, kernel: k, stride: s, before, after, dilation: d };
  });
  return { batch, channels, vertical: axes[0]!, horizontal: axes[1]! };
}

/** Output places first .. first + count - 1 whose tap `k` lies inside the input, the first at input place `at`. */
function inside(axis: WindowAxis, k: number): { first: number; count: number; at: number } {
  const shift = k * axis.dilation - axis.before;
  const first = Math.max(0, Math.ceil(-shift / axis.stride));
  const end = Math.min(axis.output, Math.floor((axis.input - 1 - shift) / axis.stride) + 1);
  return { first, count: Math.max(0, end - first), at: first * axis.stride + shift };
}

/** Every tap, row by row, with the places it meets inside the maps. */
export function tapsOf({ batch, channels, vertical, horizontal }: Window): Tap[] {
  const taps: Tap[] = [];
  for (let i = 0; i < vertical.kernel; i++) {
    for (let j = 0; j < horizontal.kernel; j++) {
      const [row, column] = [inside(vertical, i), inside(horizontal, j)];
      const [line, lineOut] = [horizontal.input * channels, horizontal.output * channels];
      taps.push({
        shape: [batch, row.count, column.count, channels],
        source: {
          offset: row.at * line + column.at * channels,
          strides: [vertical.input * line, vertical.stride * line, horizontal.stride * channels, 1],
        },
        target: {
          offset: row.first * lineOut + column.first * channels,
          strides: [vertical.output * lineOut, lineOut, channels, 1],
        },
      });
    }
  }
  return taps;
}
