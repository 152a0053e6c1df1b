/**
 * @file Eigenvectors of a small symmetric matrix by Jacobi's rotations: slow for large ones, exact to rounding, short.
 */

/** Largest eigenvalue first; vectors[i * size + k] is component k of the unit vector that belongs to values[i]. */
export interface Eigen {
  readonly values: Float64Array<ArrayBuffer>;
  readonly vectors: Float64Array<ArrayBuffer>;
}

/** At most this many passes over all pairs; a dozen are enough in practice. */
const SWEEPS = 50;
/** The sum of squares off the diagonal, as a share of all squares, that counts as 0. */
const NEGLIGIBLE = 1e-28;

/**
 * @param matrix [size, size], symmetric
 * @example
 * symmetricEigen(Float64Array.of(2, 0, 0, 3), 2).values; // [3, 2]
 */
export function symmetricEigen(matrix: ArrayLike<number>, size: number): Eigen {
  const a = Float64Array.from(matrix);
  const v = Float64Array.from(a, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, size) > NEGLIGIBLE * scale; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]!);
  return {
    values: Float64Array.from(order, (i) => a[i * size + i]!),
    vectors: Float64Array.from(order.flatMap((i) => [...v.subarray(i * size, (i + 1) * size)])),
  };
}

function offDiagonal(a: Float64Array, size: number): number {
  return a.reduce((sum, value, i) => (i % (size + 1) === 0 ? sum : sum + value * value), 0);
}

/** Turns rows and columns p and q so that a[p][q] becomes 0; rows of v follow. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const apq = a[p * size + q]!;
  if (apq === 0) return;
  const half = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
  const tangent = (half >= 0 ? 1 : -1) / (Math.abs(half) + Math.hypot(half, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const turn = (values: Float64Array, i: number, j: number): void => {
    const [x, y] = [values[i]!, values[j]!];
    values[i] = cosine * x - sine * y;
    values[j] = sine * x + cosine * y;
  };
  for (let k = 0; k < size; k++) turn(a, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(a, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(v, p * size + k, q * size + k);
}
