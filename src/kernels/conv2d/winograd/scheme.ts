/**
 * @file Minimal filtering as data: y = A^T [(G w) * (B^T x)], in two dimensions A^T [(G w G^T) * (B^T x B)] A.
 * A product costs `points` multiplications per dimension instead of outputs * taps.
 *
 * Both gradients come from the same matrices, being transposes of the same bilinear form:
 * dw = G^T [(B^T x B) * (A dy A^T)] G, and dx is the product of dy with the turned kernel.
 *
 * Sources: Toom (1963) and Cook (1966); Winograd, Arithmetic Complexity of Computations (1980);
 * Lavin and Gray, Fast Algorithms for Convolutional Neural Networks (2016).
 */

export type Matrix = readonly (readonly number[])[];

export interface Scheme {
  readonly name: string;
  /** Outputs, kernel taps, inputs and multiplications per dimension. */
  readonly outputs: number;
  readonly taps: number;
  readonly inputs: number;
  readonly points: number;
  /** Where the inputs begin, relative to the outputs' first input: 0, or `padding` if the padding is left out. */
  readonly skipped: number;
  /** points x inputs */
  readonly bT: Matrix;
  /** points x taps */
  readonly g: Matrix;
  /** points x outputs */
  readonly a: Matrix;
}

export function transpose(matrix: Matrix): Matrix {
  return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
}

/** Coefficients of the product of (x - root), lowest first. */
function polynomial(roots: readonly number[]): number[] {
  let p = [1];
  for (const root of roots) p = [0, ...p].map((higher, i) => higher - root * (p[i] ?? 0));
  return p;
}

/** Evaluation points: small numbers in pairs of both signs, so that the transforms share half of their work. */
const POINTS = [0, 1, -1, 2, -2, 0.5, -0.5];

/**
 * F(outputs, taps) by evaluating polynomials at outputs + taps - 2 points and at infinity.
 * @example
 * toomCook(4, 3).bT[0]; // [4, 0, -5, 0, 1, 0]
 */
export function toomCook(outputs: number, taps: number): Scheme {
  const points = outputs + taps - 1;
  const finite = POINTS.slice(0, points - 1);
  const others = (at: number): number[] => finite.filter((_, i) => i !== at);
  const scale = finite.map((p, i) => others(i).reduce((product, q) => product * (p - q), 1));
  const powers = (p: number, count: number): number[] => Array.from({ length: count }, (_, i) => p ** i);
  const last = (count: number): number[] => Array.from({ length: count }, (_, i) => Number(i === count - 1));
  return {
    name: `F(${outputs},${taps})`,
    outputs,
    taps,
    inputs: points,
    points,
    skipped: 0,
    bT: [...finite.map((_, i) => [...polynomial(others(i)), 0]), polynomial(finite)],
    g: [...finite.map((p, i) => powers(p, taps).map((value) => value / scale[i]!)), last(taps)],
    a: [...finite.map((p) => powers(p, outputs)), last(outputs)],
  };
}

/**
 * A whole map of 2 with 3 taps and padding 1: y0 = w1 x0 + w2 x1, y1 = w0 x0 + w1 x1 (a Toeplitz product) in 3
 * multiplications, w1 (x0 + x1), (w2 - w1) x1 and (w0 - w1) x0: 9 in two dimensions, where the plain way has 16.
 */
export const WHOLE_MAP_2: Scheme = {
  name: 'whole map of 2',
  outputs: 2,
  taps: 3,
  inputs: 2,
  points: 3,
  skipped: 1,
  bT: [
    [1, 1],
    [0, 1],
    [1, 0],
  ],
  g: [
    [0, 1, 0],
    [0, -1, 1],
    [1, -1, 0],
  ],
  a: [
    [1, 1],
    [1, 0],
    [0, 1],
  ],
};
