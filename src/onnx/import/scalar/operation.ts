/**
 * @file Functions of one value that nodes apply to a map. Their numbers are [1], or [channels] where each channel has its own.
 */

/** scale * x + shift */
export interface Affine {
  readonly kind: 'affine';
  readonly scale: Float64Array;
  readonly shift: Float64Array;
}

export type ScalarOperation =
  | Affine
  /** min(max(x, lower), upper) */
  | { readonly kind: 'clip'; readonly lower: Float64Array; readonly upper: Float64Array }
  /** x < 0 ? slope * x : x */
  | { readonly kind: 'leak'; readonly slope: number }
  /** To a whole number: the next below, the nearest (ties to even), towards 0. */
  | { readonly kind: 'floor' | 'nearest' | 'truncate' };

export const affine = (scale: ArrayLike<number>, shift: ArrayLike<number>): Affine => ({
  kind: 'affine',
  scale: Float64Array.from(scale),
  shift: Float64Array.from(shift),
});

export const clip = (lower: ArrayLike<number>, upper: ArrayLike<number>): ScalarOperation => ({
  kind: 'clip',
  lower: Float64Array.from(lower),
  upper: Float64Array.from(upper),
});

/** Two rows of numbers, [1] or [channels], value by value. */
export function zip(
  a: Float64Array,
  b: Float64Array,
  f: (a: number, b: number) => number,
): Float64Array<ArrayBuffer> {
  const length = Math.max(a.length, b.length);
  return Float64Array.from({ length }, (_, i) => f(a[a.length === 1 ? 0 : i]!, b[b.length === 1 ? 0 : i]!));
}

/** The operations with neighbours of a kind made one, and those that change nothing left out. */
export function simplified(operations: readonly ScalarOperation[]): ScalarOperation[] {
  const out: ScalarOperation[] = [];
  for (const next of operations) {
    const last = out.at(-1);
    if (last?.kind === 'affine' && next.kind === 'affine') {
      const scale = zip(last.scale, next.scale, (a, b) => a * b);
      out[out.length - 1] = affine(
        scale,
        zip(
          zip(last.shift, next.scale, (a, b) => a * b),
          next.shift,
          (a, b) => a + b,
        ),
      );
    } else if (last?.kind === 'clip' && next.kind === 'clip') {
      const inside = (bound: Float64Array): Float64Array =>
        zip(zip(bound, next.lower, Math.max), next.upper, Math.min);
      out[out.length - 1] = clip(inside(last.lower), inside(last.upper));
    } else out.push(next);
  }
  return out.filter((one) => !changesNothing(one));
}

function changesNothing(one: ScalarOperation): boolean {
  if (one.kind === 'affine') return one.scale.every((x) => x === 1) && one.shift.every((x) => x === 0);
  if (one.kind === 'clip')
    return one.lower.every((x) => x === -Infinity) && one.upper.every((x) => x === Infinity);
  return one.kind === 'leak' && one.slope === 1;
}

/** The most numbers that an operation has: 1, or the channels. */
export const widest = (operations: readonly ScalarOperation[]): number =>
  Math.max(1, ...operations.map((one) => Math.max(...rowsOf(one).map(({ length }) => length))));

function rowsOf(one: ScalarOperation): readonly Float64Array[] {
  if (one.kind === 'affine') return [one.scale, one.shift];
  return one.kind === 'clip' ? [one.lower, one.upper] : [new Float64Array(1)];
}

/** The operation on one channel. */
export function ofChannel(one: ScalarOperation, c: number): ScalarOperation {
  const at = (row: Float64Array): readonly number[] => [row[row.length === 1 ? 0 : c]!];
  if (one.kind === 'affine') return affine(at(one.scale), at(one.shift));
  return one.kind === 'clip' ? clip(at(one.lower), at(one.upper)) : one;
}
