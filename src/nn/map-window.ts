/**
 * @file Windows that move over a map, each direction for itself: kernels of convolutions and windows of pools.
 */
import type { MapShape } from './map-shape.ts';

/** Something of both directions. */
export type Pair = readonly [vertical: number, horizontal: number];

/** Rows and columns of zeros around a map. */
export type Border = readonly [top: number, bottom: number, left: number, right: number];

/** One number for both directions, or each for itself. */
export type Square = number | Pair;

/** One number for all four sides, or each for itself. */
export type Frame = number | Border;

export const pairOf = (value: Square): Pair => (typeof value === 'number' ? [value, value] : value);

export const borderOf = (value: Frame): Border =>
  typeof value === 'number' ? [value, value, value, value] : value;

/** The shorter way to write a pair: one number where both are equal. */
export const squareOf = ([vertical, horizontal]: Pair): Square =>
  vertical === horizontal ? vertical : [vertical, horizontal];

/** A size in messages: 2, or 2x3. */
export const sizeWord = (pair: Pair): string => (pair[0] === pair[1] ? String(pair[0]) : pair.join('x'));

/** The shorter way to write a border: one number where all sides are equal. */
export const frameOf = (border: Border): Frame =>
  border.every((side) => side === border[0]) ? border[0] : border;

export const NO_BORDER: Border = [0, 0, 0, 0];

/** A border around a border. */
export const sumOf = (a: Border, b: Border): Border => [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];

/** How a window moves over a map. */
export interface MapWindow {
  readonly window: Pair;
  readonly stride: Pair;
  readonly padding: Border;
  readonly dilation: Pair;
}

/** The rows (axis 0) or columns (axis 1) from the first tap of the window to the last. */
export const reachOf = ({ window, dilation }: Pick<MapWindow, 'window' | 'dilation'>, axis: 0 | 1): number =>
  dilation[axis] * (window[axis] - 1) + 1;

/** How many places the window finds in a map of `length` rows (axis 0) or columns (axis 1); < 1 if it does not fit. */
export function placesOf(length: number, window: MapWindow, axis: 0 | 1): number {
  const { stride, padding } = window;
  const whole = length + padding[2 * axis]! + padding[2 * axis + 1]!;
  return Math.floor((whole - reachOf(window, axis)) / stride[axis]) + 1;
}

/** [height, width] of the smallest map that the window fits. */
export const smallestMap = (window: MapWindow): Pair => {
  const least = (axis: 0 | 1): number =>
    Math.max(1, reachOf(window, axis) - window.padding[2 * axis]! - window.padding[2 * axis + 1]!);
  return [least(0), least(1)];
};

/** The map with the zeros around it. */
export const padded = ([height, width, channels]: MapShape, [top, bottom, left, right]: Border): MapShape => [
  height + top + bottom,
  width + left + right,
  channels,
];
