/** @file Shares and their logarithms along an axis. The largest value is taken off first: no exponential is infinite then. */
import type { Tensor } from '../interfaces.ts';

const keepDims = { keepDims: true } as const;

/** y = exp(x) / sum of exp(x). */
export function softmax(x: Tensor, axis: number): Tensor {
  const powers = x.sub(x.detach().max(axis, keepDims)).exp();
  return powers.div(powers.sum(axis, keepDims));
}

/** y = x - log of the sum of exp(x). */
export function logSoftmax(x: Tensor, axis: number): Tensor {
  const below = x.sub(x.detach().max(axis, keepDims));
  return below.sub(below.exp().sum(axis, keepDims).log());
}
