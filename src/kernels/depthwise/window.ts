import type { DepthwiseShape } from '../kernels.ts';

/** How the window moves: what the code is made for. */
export type DepthwiseWindow = Pick<DepthwiseShape, 'kernel' | 'stride' | 'before' | 'dilation'>;
