import type { Floats } from '../kernels.ts';

/** y = a + b. */
export function add(a: Floats, b: Floats, y: Floats): void {
  for (let i = 0; i < y.length; i++) y[i] = a[i]! + b[i]!;
}

/** y = a * b. */
export function multiply(a: Floats, b: Floats, y: Floats): void {
  for (let i = 0; i < y.length; i++) y[i] = a[i]! * b[i]!;
}
