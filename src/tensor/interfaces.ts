/**
 * @file What a tensor and its tape are to the operations. The classes (tensor.ts, tape.ts) stand above the operations, because a
 * tensor has every operation as a method.
 */

import type { Elementwise } from '../kernels/elementwise/elementwise.ts';
import type { Operation } from '../kernels/elementwise/operation.ts';
import type { Clip, Floats, Kernels } from '../kernels/kernels.ts';
import type { Random } from '../random/random.ts';
import type { Pair, WindowOptions } from './ops/window.ts';
import type { Axes, Shape } from './shape.ts';

/** How to reduce axes. */
export interface ReduceOptions {
  /** Reduced axes stay, with length 1. Default: false. */
  readonly keepDims?: boolean;
}

/** How to take a variance. */
export interface VarianceOptions extends ReduceOptions {
  /** The divisor is the count less this; 1 gives the unbiased estimate. Default: 0. */
  readonly correction?: number;
}

/**
 * `[from, to, step]`: from `from` (default 0) to before `to` (default the end) in steps of `step` (default 1, may be negative, the
 * defaults then are the end and the start); negative places count from the end. A number picks one place and drops the axis, null
 * takes the whole axis.
 */
export type Slice = number | null | readonly [from?: number | null, to?: number | null, step?: number];

/** Stride, padding and dilation of a convolution, its bias and its groups. */
export interface Conv2dOptions extends WindowOptions {
  /** [out], added to every place. */
  readonly bias?: Tensor | null;
  /** The channels are dealt out to so many convolutions side by side. Default: 1. */
  readonly groups?: number;
}

/** How a pool takes its means. */
export interface AvgPoolOptions extends WindowOptions {
  /** Whether the padding counts in a mean, as zeros. False: the mean of what lies on the map. Default: true. */
  readonly countPadding?: boolean;
}

/** What a batch norm has learned; every tensor is [channels]. */
export interface BatchNormParameters {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  /** Running mean and variance, updated in training. */
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
  readonly momentum: number;
}

/** Row-major; `data` holds exactly the elements, in order. */
export interface Tensor extends Elementwise<Tensor> {
  readonly data: Floats;
  readonly shape: Shape;
  readonly size: number;
  /** False: no gradient is computed for it (images, labels, running statistics). */
  readonly needsGradient: boolean;
  /** Where operations on it are written; null for parameters, which join the tape of what they meet. */
  readonly tape: Tape | null;
  /** Filled by `backward`, same length as `data`; null until then. */
  gradient: Floats | null;

  /**
   * The single value of a tensor of one element, such as a loss.
   * @example
   * tape.array([2.5]).item(); // 2.5
   */
  item(): number;
  /**
   * Fills `gradient` of every tensor that this one element depends on and that needs one.
   * @example
   * const x = tape.array([1, 2], true);
   * x.square().sum().backward();
   * x.gradient; // [2, 4]
   */
  backward(): void;
  /**
   * The same values as a constant: no gradient flows back from here.
   * @example
   * const x = tape.array([1, 2], true);
   * x.mul(x.detach()).sum().backward();
   * x.gradient; // [1, 2]
   */
  detach(): Tensor;
  /**
   * An element-wise operation of one's own on this and others, broadcast. Make the operation once: it is compiled for each new object.
   * @example
   * const swish = { name: 'swish', formula: (x) => x.mul(x.sigmoid()) };
   * tape.array([0]).apply(swish).data; // [0]
   */
  apply(operation: Operation, ...others: readonly (Tensor | number)[]): Tensor;

  /**
   * The sum over axes (default: all).
   * @example
   * tape.array([[1, 2], [3, 4]]).sum(0).data; // [4, 6]
   */
  sum(axes?: Axes, options?: ReduceOptions): Tensor;
  /**
   * The mean over axes (default: all).
   * @example
   * tape.array([[1, 2], [3, 4]]).mean(1, { keepDims: true }).shape; // [2, 1]
   */
  mean(axes?: Axes, options?: ReduceOptions): Tensor;
  /**
   * The largest value over axes (default: all); equal ones share the gradient.
   * @example
   * tape.array([[1, 2], [3, 4]]).max(1).data; // [2, 4]
   */
  max(axes?: Axes, options?: ReduceOptions): Tensor;
  /**
   * The smallest value over axes (default: all); equal ones share the gradient.
   * @example
   * tape.array([[1, 2], [3, 4]]).min().item(); // 1
   */
  min(axes?: Axes, options?: ReduceOptions): Tensor;
  /**
   * The mean square distance from the mean over axes (default: all).
   * @example
   * tape.array([1, 3]).variance().item(); // 1
   */
  variance(axes?: Axes, options?: VarianceOptions): Tensor;
  /**
   * Where along an axis (default: the last) the first of the largest values is. No gradient.
   * @example
   * tape.array([[1, 2], [4, 3]]).argmax().data; // [1, 0]
   */
  argmax(axis?: number): Tensor;

  /**
   * Shares along an axis (default: the last): exp(this) by its sum.
   * @example
   * tape.array([1, 1]).softmax().data; // [0.5, 0.5]
   */
  softmax(axis?: number): Tensor;
  /**
   * The logarithm of `softmax`, precise also where that is nearly 0.
   * @example
   * tape.array([0, -1000]).logSoftmax().data; // [0, -1000]
   */
  logSoftmax(axis?: number): Tensor;

  /**
   * Matrix product over the last two axes, the others broadcast; a vector is a row on the left, a column on the right.
   * @example
   * tape.array([[1, 2], [3, 4]]).matmul(tape.array([1, 10])).data; // [21, 43]
   */
  matmul(other: Tensor): Tensor;

  /**
   * Batch normalisation over all axes but the last. In training with the batch's statistics, which also move the running ones; otherwise
   * with the running ones, and without a gradient.
   * @example
   * const [gamma, beta, mean, variance] = [[1], [0], [0], [1]].map((values) => tape.array(values));
   * const parameters = { gamma, beta, mean, variance, epsilon: 0, momentum: 0.1 };
   * tape.array([[1], [3]]).batchNorm(parameters, { training: true }).data; // [-1, 1]
   */
  batchNorm(parameters: BatchNormParameters, options: { readonly training: boolean }): Tensor;
  /**
   * A clipped activation (stReLU and its family), theta: [1] or [channels].
   * @example
   * const strelu = { lower: -1, leak: 1, levels: 0, rounding: 'round' };
   * tape.array([0.5, 3, -3]).activate(tape.array([2]), strelu).data; // [0.5, 2, -2]
   */
  activate(theta: Tensor, clip: Clip): Tensor;
  /**
   * In training: each value is 0 with probability `rate`, otherwise divided by 1 - rate.
   * @example
   * tape.array([1, 1]).dropout(0, Random.seeded(1)).data; // [1, 1]
   */
  dropout(rate: number, random: Random): Tensor;

  /**
   * The same elements in another shape; one length may be -1 and is then worked out.
   * @example
   * tape.array([1, 2, 3, 4]).reshape(2, -1).shape; // [2, 2]
   */
  reshape(...shape: number[]): Tensor;
  /**
   * [batch, ...] becomes [batch, values].
   * @example
   * tape.full([8, 3, 3, 2], 0).flatten().shape; // [8, 18]
   */
  flatten(): Tensor;
  /**
   * Axes in another order (default: reversed).
   * @example
   * tape.array([[1, 2], [3, 4]]).transpose().data; // [1, 3, 2, 4]
   */
  transpose(...axes: number[]): Tensor;
  /**
   * A part along each axis; axes beyond those given are whole.
   * @example
   * tape.array([[1, 2, 3], [4, 5, 6]]).slice(1, [0, 2]).data; // [4, 5]
   */
  slice(...parts: Slice[]): Tensor;
  /**
   * Constants around: for each axis how many before and after. Default value: 0.
   * @example
   * tape.array([1, 2]).pad([[1, 2]]).data; // [0, 1, 2, 0, 0]
   */
  pad(widths: readonly (readonly [before: number, after: number])[], value?: number): Tensor;
  /**
   * Repeated along axes of length 1 and new leading axes.
   * @example
   * tape.array([1, 2]).broadcastTo(2, 2).data; // [1, 2, 1, 2]
   */
  broadcastTo(...shape: number[]): Tensor;
  /**
   * This and others, one after the other along an axis; all other axes have equal lengths.
   * @example
   * tape.array([1, 2]).concatenate([tape.array([3])]).data; // [1, 2, 3]
   */
  concatenate(others: readonly Tensor[], axis?: number): Tensor;
  /**
   * The slices at `indices` along an axis (default: 0), in their order; the axis becomes the shape of the indices.
   * @example
   * tape.array([[1, 2], [3, 4]]).gather([1, 1, 0]).data; // [3, 4, 3, 4, 1, 2]
   */
  gather(indices: Tensor | readonly number[], axis?: number): Tensor;
  /**
   * Whole numbers k become rows of `classes` numbers, 1 at place k, else 0. No gradient.
   * @example
   * tape.array([2, 0]).oneHot(3).data; // [0, 0, 1, 1, 0, 0]
   */
  oneHot(classes: number): Tensor;

  /**
   * Convolution of maps [batch, height, width, in] with weights [kernel height, kernel width, in / groups, out].
   * @example
   * tape.full([1, 5, 5, 2], 1).conv2d(tape.full([3, 3, 2, 4], 1), { padding: 1 }).shape; // [1, 5, 5, 4]
   */
  conv2d(weights: Tensor, options?: Conv2dOptions): Tensor;
  /**
   * The largest value in each window of maps [batch, height, width, channels].
   * @example
   * tape.full([1, 5, 5, 2], 1).maxPool(3, { stride: 2 }).shape; // [1, 2, 2, 2]
   */
  maxPool(window: Pair, options?: WindowOptions): Tensor;
  /**
   * The mean of each window of maps [batch, height, width, channels]; padding counts as zeros unless `countPadding` is false.
   * @example
   * tape.full([1, 4, 4, 2], 1).avgPool(2).shape; // [1, 2, 2, 2]
   */
  avgPool(window: Pair, options?: AvgPoolOptions): Tensor;
}

/** Where results come from and what backward must do is kept. */
export interface Tape {
  readonly kernels: Kernels;
  /** Memory with undefined content: of this step, or, in a backward pass, of the operation whose gradient is computed. */
  scratch(length: number): Floats;
  /** A tensor of this step with undefined content. */
  tensor(shape: Shape, needsGradient?: boolean): Tensor;
  /** The result of an operation: it needs a gradient when an input does. */
  result(shape: Shape, inputs: readonly Tensor[]): Tensor;
  /** The result of an operation that moves no data. */
  reshaped(x: Tensor, shape: Shape): Tensor;
  /** The same memory as a constant. */
  constant(x: Tensor): Tensor;
  /** Keeps what backward must do with the gradient `dy` of `output`, which is there until it returns. */
  record(output: Tensor, backward: (dy: Floats) => void): void;
  /** Hands a fresh buffer for the gradient of `x` to `write`, which overwrites it; not called when `x` needs none. */
  receive(x: Tensor, write: (dx: Floats) => void): void;
  /** `dx`, which nobody writes from now on, becomes the gradient of `x`; a second use of `x` is added to the first. */
  give(x: Tensor, dx: Floats): void;
  backward(loss: Tensor): void;
}
