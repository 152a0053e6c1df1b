import type { NdArray } from 'ndarray';
import { copy } from '../kernels/copy/reference.ts';
import type { Floats } from '../kernels/kernels.ts';
import { type Shape, stridesOf } from './shape.ts';

/** Nested lists of numbers, all rows of equal length. */
export type Nested = number | readonly Nested[];

/** What a tensor can be made of: nested lists, a typed array with a shape, or an ndarray view with any strides. */
export type ArraySource = Nested | NdArray<Floats> | Floats;

/** The shape of nested lists. */
function shapeOf(nested: Nested): number[] {
  if (typeof nested === 'number') return [];
  return [nested.length, ...(nested.length > 0 ? shapeOf(nested[0]!) : [])];
}

function flat(nested: Nested, shape: Shape, to: number[]): number[] {
  if (typeof nested === 'number') {
    if (shape.length > 0) throw new Error(`array: expected lists of ${shape[0]} numbers, found ${nested}`);
    to.push(nested);
  } else {
    if (nested.length !== shape[0])
      throw new Error(`array: expected ${shape[0] ?? 'a number'}, found a list of ${nested.length}`);
    for (const part of nested) flat(part, shape.slice(1), to);
  }
  return to;
}

/** Shape and a writer of the values in row-major order. */
export function toFloats(source: ArraySource): { readonly shape: Shape; write(to: Floats): void } {
  if (typeof source === 'number' || Array.isArray(source)) {
    const shape = shapeOf(source as Nested);
    const values = flat(source as Nested, shape, []);
    return { shape, write: (to) => to.set(values) };
  }
  if (ArrayBuffer.isView(source)) {
    const values = source as Floats;
    return { shape: [values.length], write: (to) => to.set(values) };
  }
  const { data, shape, stride, offset } = source as NdArray<Floats>;
  const values = ArrayBuffer.isView(data) ? data : Float64Array.from(data as ArrayLike<number>);
  const dense = { offset: 0, strides: stridesOf(shape) };
  return { shape, write: (to) => copy(values, to, shape, { offset, strides: stride }, dense) };
}
