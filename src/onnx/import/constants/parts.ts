/** @file Parts of constants, and constants behind one another. */
import { BATCH, type Constant, volume } from '../../constant.ts';
import { isFloating } from '../../element-types.ts';
import { ints, neededConstant } from '../call.ts';
import { refuse } from '../place.ts';
import { checkSize, type Fold, first } from './fold.ts';

/** Lists of numbers only: parts of shapes. */
export const gather: Fold = (call) => {
  const [value, index] = [first(call), neededConstant(call, 1, 'an index')];
  if (value.dims.length !== 1) refuse(call.place, 'a part of a table', 'store the part as an initialiser');
  checkSize(call, index.data.length, index.data.length);
  const data = Float64Array.from(index.data, (i) => value.data[i < 0 ? i + value.data.length : i] ?? BATCH);
  return { dims: index.dims, data, type: value.type };
};

/** Places from `start` to `end` by `step`, as Python counts them, on an axis of `size`. */
function places(size: number, start: number, end: number, step: number): number[] {
  const clamped = (x: number, low: number, high: number): number =>
    Math.min(Math.max(x < 0 ? x + size : x, low), high);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const [from, to] = [clamped(start, low, high), clamped(end, low, high)];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, i) => from + i * step);
}

export const slice: Fold = (call) => {
  const value = first(call);
  const list = (name: string, i: number): readonly number[] | undefined =>
    ints(call, name) ?? (call.inputs[i] ? [...neededConstant(call, i, name).data] : undefined);
  const [starts = [], ends = []] = [list('starts', 1), list('ends', 2)];
  const axes = list('axes', 3) ?? starts.map((_, i) => i);
  const steps = list('steps', 4) ?? starts.map(() => 1);
  const sound =
    [ends, axes, steps].every(({ length }) => length === starts.length) &&
    steps.every((step) => Number.isInteger(step) && step !== 0) &&
    axes.every((axis) => axis >= -value.dims.length && axis < value.dims.length);
  if (!sound) refuse(call.place, 'a part with unclear bounds', 'store the part as an initialiser');
  for (const size of value.dims) checkSize(call, size, value.data.length);
  const kept = value.dims.map((size) => places(size, 0, size, 1));
  axes.forEach((axis, i) => {
    const at = axis < 0 ? axis + value.dims.length : axis;
    kept[at] = places(value.dims[at]!, starts[i]!, ends[i]!, steps[i]!);
  });
  return selected(value, kept);
};

/** The values at the given places of each axis. */
function selected(value: Constant, kept: readonly (readonly number[])[]): Constant {
  const dims = kept.map(({ length }) => length);
  let offsets = [0];
  kept.forEach((indices, axis) => {
    const stride = volume(value.dims.slice(axis + 1));
    offsets = offsets.flatMap((offset) => indices.map((index) => offset + index * stride));
  });
  const data = Float64Array.from(offsets, (offset) => value.data[offset]!);
  return { dims, data: isFloating(value.type) ? Float32Array.from(data) : data, type: value.type };
}

export const concat: Fold = (call) => {
  const parts = call.inputs.map((_, i) => neededConstant(call, i, 'a value'));
  if (parts.some(({ dims }) => dims.length !== 1))
    return refuse(call.place, 'tables side by side', 'store the whole as an initialiser');
  checkSize(
    call,
    parts.reduce((sum, part) => sum + part.data.length, 0),
    0,
  );
  const data = Float64Array.from(parts.flatMap((part) => [...part.data]));
  return { dims: [data.length], data, type: parts[0]!.type };
};
