/**
 * @file The reference kernel set: plain loops over typed arrays of either precision, on any buffer.
 * It is the specification; `--kernels reference` runs the whole program on it.
 */
import { batchNorm, batchNormBackward, scaleShift } from './batch-norm/reference.ts';
import { clip, clipBackward } from './clip/reference.ts';
import { conv2d, conv2dBackwardInput, conv2dBackwardWeights } from './conv2d/reference.ts';
import { copy } from './copy/reference.ts';
import { depthwise, depthwiseBackwardInput, depthwiseBackwardWeights } from './depthwise/reference.ts';
import { equalLengths } from './elementwise/equal-lengths.ts';
import { map } from './elementwise/reference.ts';
import { gemm } from './gemm/reference.ts';
import type { Kernels } from './kernels.ts';
import { adam, sgd } from './optimizer/reference.ts';
import { avgPool, avgPoolBackward, maxPool, maxPoolBackward } from './pool/reference.ts';
import { reduce } from './reduce/reference.ts';
import { addBias, sumRows } from './rows/reference.ts';
import { softmaxCrossEntropy } from './softmax/reference.ts';

/**
 * All kernels as plain loops.
 * @example
 * const [a, b, c] = [Float32Array.of(1, 2), Float32Array.of(3, 4), new Float32Array(1)];
 * referenceKernels.gemm(a, b, c, { m: 1, n: 1, k: 2, transposeA: false, transposeB: false });
 * c; // [11]
 */
export const referenceKernels: Kernels = {
  name: 'reference',
  gemm,
  conv2d,
  conv2dBackwardInput,
  conv2dBackwardWeights,
  depthwise,
  depthwiseBackwardInput,
  depthwiseBackwardWeights,
  addBias,
  sumRows,
  avgPool,
  avgPoolBackward,
  maxPool,
  maxPoolBackward,
  batchNorm,
  batchNormBackward,
  scaleShift,
  clip,
  clipBackward,
  map,
  reduce,
  copy,
  ...equalLengths(map),
  softmaxCrossEntropy,
  sgd,
  adam,
};
