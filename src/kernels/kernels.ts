/**
 * @file What a kernel set must do: the border between mathematics and machine.
 * `reference` is the specification in plain loops (float32 or float64, any buffer); `simd` is the fast one
 * (float32 on the heap) and must agree with it. All maps are channels last; C = channels is the fastest index.
 */

import type { Placement } from './copy/placement.ts';
import type { MapProgram } from './elementwise/program.ts';
import type { Rows } from './elementwise/rows.ts';
import type { Prepacked } from './prepacked.ts';
import type { Profile } from './profile.ts';
import type { ReduceShape, Reduction } from './reduce/shape.ts';

/** The values of a tensor: float32, or float64 for checking gradients. */
export type Floats = Float32Array<ArrayBufferLike> | Float64Array<ArrayBufferLike>;

/** Class of each image: bytes, or wider where there are more than 256 classes. */
export type Labels = Uint8Array<ArrayBufferLike> | Uint16Array<ArrayBufferLike>;

/**
 * x: [batch, inHeight, inWidth, inChannels]; w: [kernel, kernel, inChannels, outChannels];
 * y: [batch, outHeight, outWidth, outChannels].
 */
export interface Conv2dShape {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** x: [batch, inHeight, inWidth, channels]; windows of size x size, step size, no padding; the rest at the edge is dropped. */
export interface PoolShape {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly channels: number;
  readonly size: number;
}

/**
 * Each channel by itself. x: [batch, inHeight, inWidth, channels]; w: [kernel height, kernel width, channels];
 * y: [batch, outHeight, outWidth, channels].
 */
export interface DepthwiseShape {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly channels: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: readonly [vertical: number, horizontal: number];
  /** Zeros above and on the left; those below and on the right follow from the shape of y. */
  readonly before: readonly [top: number, left: number];
  readonly dilation: readonly [vertical: number, horizontal: number];
}

/** x: [rows, channels]. */
export interface RowsShape {
  readonly rows: number;
  readonly channels: number;
}

/** C = A B with A: [m, k] (stored [k, m] if transposeA), B: [k, n] (stored [n, k] if transposeB), C: [m, n]. */
export interface GemmShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The family of clipped activations: a(x) = clip(x < 0 ? leak * x : x, lower * theta, theta), then the grid.
 * stReLU: lower -1, leak 1. tReLU: lower 0, leak 1. tLeakyReLU: lower -1, leak 0.01. ReLU: lower 0, theta = Infinity.
 * levels L > 0 puts the result on multiples of theta / L: `truncate` towards 0, `round` to the nearest (ties up).
 */
export interface Clip {
  readonly lower: -1 | 0;
  readonly leak: number;
  readonly levels: number;
  readonly rounding: 'truncate' | 'round';
}

/** A clip with its thresholds. */
export interface ThresholdClip {
  readonly clip: Clip;
  /** Length 1 or channels. */
  readonly theta: Floats;
}

/** What a batch norm works with, each [channels]. */
export interface BatchNormArrays {
  readonly gamma: Floats;
  readonly beta: Floats;
  /** Statistics of the batch: batchNorm writes them, batchNormBackward reads them. */
  readonly mean: Floats;
  readonly inverseDeviation: Floats;
}

/** What the backward pass of a batch norm writes. */
export interface BatchNormGradients {
  readonly dx: Floats;
  readonly dgamma: Floats;
  readonly dbeta: Floats;
  /** As long as theta; null where no clip is fused. */
  readonly dtheta: Floats | null;
}

/** One step of stochastic gradient descent. */
export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly nesterov: boolean;
}

/** One step of Adam. */
export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled weight decay (AdamW). */
  readonly weightDecay: number;
  /** 1, 2, 3, ...: for the bias correction. */
  readonly step: number;
}

/** Outputs are overwritten unless a parameter's comment says "added to". */
export interface Kernels {
  readonly name: 'reference' | 'simd';
  /** Is told where the tape is, when the kernels are timed (profile.ts). */
  readonly profile?: Profile;

  gemm(a: Floats, b: Floats, c: Floats, shape: GemmShape): void;

  /**
   * y = clip(x * w + bias); bias [outChannels] and the clip may be null.
   * @param prepacked where w changes no more: what is made of it once for all calls; the result has the same bits
   */
  conv2d(
    x: Floats,
    w: Floats,
    bias: Floats | null,
    fused: ThresholdClip | null,
    y: Floats,
    shape: Conv2dShape,
    prepacked?: Prepacked,
  ): void;
  conv2dBackwardInput(dy: Floats, w: Floats, dx: Floats, shape: Conv2dShape): void;
  conv2dBackwardWeights(x: Floats, dy: Floats, dw: Floats, shape: Conv2dShape): void;

  /** y = x * w, each channel by itself. */
  depthwise(x: Floats, w: Floats, y: Floats, shape: DepthwiseShape): void;
  depthwiseBackwardInput(dy: Floats, w: Floats, dx: Floats, shape: DepthwiseShape): void;
  depthwiseBackwardWeights(x: Floats, dy: Floats, dw: Floats, shape: DepthwiseShape): void;

  /** y[r, c] = x[r, c] + bias[c]; y may be x. */
  addBias(x: Floats, bias: Floats, y: Floats, shape: RowsShape): void;
  /** sums[c] = sum over r of x[r, c]. */
  sumRows(x: Floats, sums: Floats, shape: RowsShape): void;

  avgPool(x: Floats, y: Floats, shape: PoolShape): void;
  avgPoolBackward(dy: Floats, dx: Floats, shape: PoolShape): void;

  /** y = the largest value of each window; a NaN is the largest. */
  maxPool(x: Floats, y: Floats, shape: PoolShape): void;
  /** dx = dy at the first pixel of the window that holds y, row by row; 0 elsewhere. */
  maxPoolBackward(x: Floats, y: Floats, dy: Floats, dx: Floats, shape: PoolShape): void;

  /**
   * Batch normalisation over rows with the batch's own statistics, then optionally a clip:
   * y = clip(gamma * (x - mean) * inverseDeviation + beta). mean and inverseDeviation are written for backward:
   * inverseDeviation = 1 / sqrt(variance + epsilon), variance with divisor rows.
   */
  batchNorm(
    x: Floats,
    norm: BatchNormArrays,
    epsilon: number,
    fused: ThresholdClip | null,
    y: Floats,
    shape: RowsShape,
  ): void;
  batchNormBackward(
    x: Floats,
    norm: BatchNormArrays,
    fused: ThresholdClip | null,
    dy: Floats,
    gradients: BatchNormGradients,
    shape: RowsShape,
  ): void;
  /** y = clip(scale[c] * x + shift[c]): a folded batch norm in inference. */
  scaleShift(
    x: Floats,
    scale: Floats,
    shift: Floats,
    fused: ThresholdClip | null,
    y: Floats,
    shape: RowsShape,
  ): void;

  clip(x: Floats, clip: ThresholdClip, y: Floats, shape: RowsShape): void;
  /** dtheta: as long as theta. */
  clipBackward(
    x: Floats,
    clip: ThresholdClip,
    dy: Floats,
    dx: Floats,
    dtheta: Floats,
    shape: RowsShape,
  ): void;

  /** outputs[k] = expression k of the program over the inputs, broadcast as the rows say; an output may be an input. */
  map(program: MapProgram, inputs: readonly Floats[], outputs: readonly Floats[], rows: Rows): void;

  /** y[o, i] = the sum, largest or smallest over k of x[o, k, i]; a NaN stays. */
  reduce(kind: Reduction, x: Floats, y: Floats, shape: ReduceShape): void;

  /** to[index] = (or +=, when adding) from[index] for every index of `shape`, each side placed in its own way. */
  copy(
    from: Floats,
    to: Floats,
    shape: readonly number[],
    source: Placement,
    target: Placement,
    adding?: boolean,
  ): void;

  /** y = a + b; y may be a or b. */
  add(a: Floats, b: Floats, y: Floats): void;
  /** y = a * b, element by element; y may be a or b. */
  multiply(a: Floats, b: Floats, y: Floats): void;

  /**
   * Mean over the batch of -sum_k target_k log softmax(logits)_k; target = (1 - smoothing) one-hot + smoothing / classes.
   * dlogits is its gradient. Returns the mean loss.
   */
  softmaxCrossEntropy(
    logits: Floats,
    labels: Labels,
    smoothing: number,
    dlogits: Floats,
    shape: RowsShape,
  ): number;

  /**
   * d = dparameter + weightDecay * parameter; velocity = momentum * velocity + d;
   * parameter -= learningRate * (nesterov ? d + momentum * velocity : velocity).
   */
  sgd(parameter: Floats, dparameter: Floats, velocity: Floats, options: SgdOptions): void;
  adam(parameter: Floats, dparameter: Floats, first: Floats, second: Floats, options: AdamOptions): void;
}
