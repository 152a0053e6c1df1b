/** @file Arithmetic of constants, value by value. */
import { type Constant, volume } from '../../constant.ts';
import { isFloating } from '../../element-types.ts';
import { type Call, float, neededConstant, scalarOf } from '../call.ts';
import { refuse } from '../place.ts';
import { checkSize, type Fold, first, like } from './fold.ts';

export const unary =
  (f: (x: number) => number): Fold =>
  (call) =>
    like(first(call), first(call).data.map(f) as Constant['data']);

/** Value by value; sizes of 1 are stretched, missing ones in front too. */
function combined(call: Call, a: Constant, b: Constant, f: (a: number, b: number) => number): Constant {
  const rank = Math.max(a.dims.length, b.dims.length);
  const full = ({ dims }: Constant): number[] => [...Array<number>(rank - dims.length).fill(1), ...dims];
  const [left, right] = [full(a), full(b)];
  const dims = left.map((size, i) => (size === 1 ? right[i]! : size));
  const count = volume(dims);
  if (!dims.every((size, i) => [1, size].includes(left[i]!) && [1, size].includes(right[i]!)))
    refuse(
      call.place,
      `constants of ${a.dims.join('x')} and ${b.dims.join('x')}`,
      'export the network again',
    );
  checkSize(call, count, Math.max(a.data.length, b.data.length));
  const whole = !isFloating(a.type);
  const out = whole ? new Float64Array(count) : new Float32Array(count);
  const strides = (sizes: readonly number[]): number[] => {
    let stride = 1;
    return sizes
      .toReversed()
      .map((size) => {
        const own = size === 1 ? 0 : stride;
        stride *= size;
        return own;
      })
      .toReversed();
  };
  const [ofA, ofB] = [strides(left), strides(right)];
  for (let i = 0; i < count; i++) {
    let [rest, x, y] = [i, 0, 0];
    for (let axis = rank - 1; axis >= 0; axis--) {
      const index = rest % dims[axis]!;
      rest = (rest - index) / dims[axis]!;
      x += index * ofA[axis]!;
      y += index * ofB[axis]!;
    }
    out[i] = f(a.data[x]!, b.data[y]!);
  }
  return { dims, data: out, type: a.type };
}

export const binary =
  (f: (a: number, b: number) => number): Fold =>
  (call) =>
    combined(call, first(call), neededConstant(call, 1, 'a second value'), f);

export const quotient: Fold = (call) =>
  combined(call, first(call), neededConstant(call, 1, 'a divisor'), (a, b) =>
    isFloating(first(call).type) ? a / b : Math.trunc(a / b),
  );

export function toEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

export const clipped: Fold = (call) => {
  const value = first(call);
  const bound = (i: number, name: string, open: number): number =>
    call.inputs[i] ? scalarOf(call, neededConstant(call, i, name), name) : float(call, name, open);
  const [low, high] = [bound(1, 'min', Number.NEGATIVE_INFINITY), bound(2, 'max', Number.POSITIVE_INFINITY)];
  return like(value, value.data.map((x) => Math.min(Math.max(x, low), high)) as Constant['data']);
};
