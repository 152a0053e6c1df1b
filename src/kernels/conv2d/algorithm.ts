import type { Kernels } from '../kernels.ts';

/** One way to compute the three products of a convolution. */
export interface Conv2dAlgorithm {
  readonly forward: Kernels['conv2d'];
  readonly backwardInput: Kernels['conv2dBackwardInput'];
  readonly backwardWeights: Kernels['conv2dBackwardWeights'];
}
