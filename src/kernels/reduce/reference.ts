import type { Floats } from '../kernels.ts';
import { chunkLength, type ReduceShape, type Reduction } from './shape.ts';

/**
 * y[o, i] = the sum, largest or smallest over k of x[o, k, i]; a NaN stays. Sums are in double precision, chunk by chunk; where
 * neighbours are added (inner = 1) they go to four partial sums in turn.
 */
export function reduce(kind: Reduction, x: Floats, y: Floats, shape: ReduceShape): void {
  const { outer, length, inner } = shape;
  const chunk = chunkLength(shape);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const first = o * length * inner + i;
      if (kind === 'sum') {
        let sum = 0;
        for (let k = 0; k < length; k += chunk)
          sum += sumOf(x, first + k * inner, Math.min(chunk, length - k), inner);
        y[o * inner + i] = sum;
      } else {
        const better = kind === 'max' ? Math.max : Math.min;
        let best = kind === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
        for (let k = 0; k < length; k++) best = better(best, x[first + k * inner]!);
        y[o * inner + i] = best;
      }
    }
  }
}

function sumOf(x: Floats, first: number, length: number, stride: number): number {
  if (stride > 1) {
    let sum = 0;
    for (let k = 0; k < length; k++) sum += x[first + k * stride]!;
    return sum;
  }
  let [a, b, c, d] = [0, 0, 0, 0];
  let k = first;
  for (const end = first + length - 3; k < end; k += 4) {
    a += x[k]!;
    b += x[k + 1]!;
    c += x[k + 2]!;
    d += x[k + 3]!;
  }
  for (const end = first + length; k < end; k++) a += x[k]!;
  return a + c + (b + d);
}
