import type { NdArray } from 'ndarray';
import type { Floats } from '../kernels/kernels.ts';
import { ndarray } from '../platform/ndarray.ts';
import type { Tensor } from './interfaces.ts';

/** One view a tensor, so that asking twice makes nothing twice. */
const views = new WeakMap<Tensor, NdArray<Floats>>();

/**
 * A tensor as an ndarray: shape, stride, get and set, over the same memory. A function and no part of the tensor, so that a page that
 * asks for no view does not load ndarray, which generates code: a Content Security Policy without `unsafe-eval` refuses that.
 * @example
 * const x = tape.array([[1, 2], [3, 4]]);
 * tensorView(x).get(1, 0); // 3
 */
export function tensorView(tensor: Tensor): NdArray<Floats> {
  const view = views.get(tensor) ?? ndarray(tensor.data, [...tensor.shape]);
  views.set(tensor, view);
  return view;
}
