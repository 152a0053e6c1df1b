import type { Floats, GemmShape } from '../kernels.ts';

/** C[m, n] = sum over k of A[m, k] B[k, n], in the order of k. */
export function gemm(a: Floats, b: Floats, c: Floats, shape: GemmShape): void {
  const { m, n, k, transposeA, transposeB } = shape;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) {
        sum += a[transposeA ? p * m + i : i * k + p]! * b[transposeB ? j * k + p : p * n + j]!;
      }
      c[i * n + j] = sum;
    }
  }
}
