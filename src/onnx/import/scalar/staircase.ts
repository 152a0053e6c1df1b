/**
 * @file Recognises a training grid: a rounding to whole numbers between scales and clips, however it was written. All of them are
 *
 *     y = k * clip(R(m * clip(x, l, u) + b), first, last) + d        R one of floor, nearest, truncate
 *
 * A clip to whole numbers may go before R, and k * R(m * x) is the grid of step k of the value k * m * x. So what is left is one
 * affine map, one clip with levels, one shift.
 */
import type { ScalarOperation } from './operation.ts';

/** scale * min(max(x, lower), upper) + shift */
interface ClippedLine {
  readonly lower: number;
  readonly upper: number;
  readonly scale: number;
  readonly shift: number;
}

export interface Staircase {
  /** Applied before the grid. */
  readonly scale: number;
  readonly shift: number;
  readonly lower: number;
  readonly upper: number;
  /** The distance of two levels. */
  readonly step: number;
  readonly rounding: 'truncate' | 'round';
  /** Added after it. */
  readonly after: number;
}

const IDENTITY: ClippedLine = {
  lower: Number.NEGATIVE_INFINITY,
  upper: Number.POSITIVE_INFINITY,
  scale: 1,
  shift: 0,
};

const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** The operation after the line, or null where it is no rising line with bounds. */
function then(line: ClippedLine, next: ScalarOperation): ClippedLine | null {
  if (next.kind === 'affine') {
    const [scale, shift] = [next.scale[0]!, next.shift[0]!];
    if (next.scale.length > 1 || next.shift.length > 1 || !(scale > 0)) return null;
    return { ...line, scale: line.scale * scale, shift: line.shift * scale + shift };
  }
  if (next.kind !== 'clip' || next.lower.length > 1 || next.upper.length > 1) return null;
  const low = (next.lower[0]! - line.shift) / line.scale;
  const high = (next.upper[0]! - line.shift) / line.scale;
  return { ...line, lower: clamp(line.lower, low, high), upper: clamp(line.upper, low, high) };
}

const lineOf = (operations: readonly ScalarOperation[]): ClippedLine | null =>
  operations.reduce<ClippedLine | null>((line, next) => line && then(line, next), IDENTITY);

const isWhole = (x: number): boolean => !Number.isFinite(x) || Math.abs(x - Math.round(x)) < 1e-6;

/**
 * The grid that the operations are.
 * @param operations with one rounding among them
 * @returns null when they are something else
 */
export function staircaseOf(operations: readonly ScalarOperation[]): Staircase | null {
  const at = operations.findIndex(
    ({ kind }) => kind === 'floor' || kind === 'nearest' || kind === 'truncate',
  );
  const before = lineOf(operations.slice(0, at));
  const after = lineOf(operations.slice(at + 1));
  if (!before || !after || !isWhole(after.lower) || !isWhole(after.upper)) return null;
  const { kind } = operations[at]!;
  const half = kind === 'floor' ? 0.5 : 0;
  const { scale: m, shift } = before;
  const step = after.scale;
  // In units of the grid: the clip of x, seen through the line, and the clip of the whole numbers.
  const first = Math.max(m * before.lower + shift - half, after.lower);
  const last = Math.min(m * before.upper + shift - half, after.upper);
  return {
    scale: m * step,
    shift: (shift - half) * step,
    lower: first * step,
    upper: last * step,
    step,
    rounding: kind === 'truncate' ? 'truncate' : 'round',
    after: after.shift,
  };
}
