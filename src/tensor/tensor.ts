/**
 * @file A tensor: memory with a shape, the place where its gradient will lie, and every operation as a method. Results are bound to the
 * tape of what they are made of: `x.matmul(w).add(b).relu()`.
 */
import { ElementwiseMethods } from '../kernels/elementwise/methods.ts';
import type { Operation } from '../kernels/elementwise/operation.ts';
import type { Clip, Floats } from '../kernels/kernels.ts';
import type { Heap } from '../memory/heap.ts';
import type { Random } from '../random/random.ts';
import type {
  AvgPoolOptions,
  BatchNormParameters,
  Conv2dOptions,
  ReduceOptions,
  Slice,
  Tape,
  Tensor as TensorInterface,
  VarianceOptions,
} from './interfaces.ts';
import { batchNorm, batchNormInference } from './ops/batch-norm.ts';
import { clip } from './ops/clip.ts';
import { concatenate } from './ops/concatenate.ts';
import { conv2d } from './ops/conv2d-general.ts';
import { dropout } from './ops/dropout.ts';
import { elementwise } from './ops/elementwise.ts';
import { flatten } from './ops/flatten.ts';
import { gather, oneHot } from './ops/gather.ts';
import { matmul } from './ops/matmul.ts';
import { pad } from './ops/pad.ts';
import { avgPool, maxPool } from './ops/pool.ts';
import { argmax, extreme, mean, sum, variance } from './ops/reduce.ts';
import { broadcastTo } from './ops/repeat.ts';
import { reshape } from './ops/reshape.ts';
import { slice } from './ops/slice.ts';
import { logSoftmax, softmax } from './ops/softmax.ts';
import { tapeOf } from './ops/tape-of.ts';
import { transpose } from './ops/transpose.ts';
import type { Pair, WindowOptions } from './ops/window.ts';
import { type Axes, type Shape, sizeOf } from './shape.ts';

export { sizeOf } from './shape.ts';

/** The number format of a tensor. */
export type Precision = 'float32' | 'float64';

/**
 * Row-major; `data` holds exactly the elements, in order. interfaces.ts says what the methods do.
 * @example
 * const x = tape.array([[1, 2], [3, 4]]);
 * x.matmul(x).shape; // [2, 2]
 */
export class Tensor extends ElementwiseMethods<TensorInterface> implements TensorInterface {
  readonly data: Floats;
  readonly shape: Shape;
  readonly needsGradient: boolean;
  readonly tape: Tape | null;
  gradient: Floats | null = null;

  /** @throws Error when the data do not fill the shape */
  constructor(data: Floats, shape: Shape, needsGradient = false, tape: Tape | null = null) {
    super();
    if (data.length !== sizeOf(shape)) {
      throw new Error(`tensor: shape [${shape}] needs ${sizeOf(shape)} values, found ${data.length}`);
    }
    this.data = data;
    this.shape = [...shape];
    this.needsGradient = needsGradient;
    this.tape = tape;
  }

  /** Zeros that outlive a step: parameters, momenta, running statistics. Whoever makes it frees it (`freeTensors`). */
  static onHeap(heap: Heap, shape: Shape, needsGradient = false): Tensor {
    const size = sizeOf(shape);
    const tensor = new Tensor(heap.f32(heap.allocate(size * 4), size), shape, needsGradient);
    tensor.data.fill(0);
    return tensor;
  }

  get size(): number {
    return this.data.length;
  }

  item(): number {
    if (this.size !== 1) throw new Error(`tensor: item() needs one element, found shape [${this.shape}]`);
    return this.data[0]!;
  }

  backward(): void {
    tapeOf('backward', [this]).backward(this);
  }

  detach(): TensorInterface {
    return tapeOf('detach', [this]).constant(this);
  }

  override apply(operation: Operation, ...others: readonly (TensorInterface | number)[]): TensorInterface {
    return elementwise(operation, this, ...others);
  }

  sum(axes?: Axes, options?: ReduceOptions): TensorInterface {
    return sum(this, axes, options);
  }
  mean(axes?: Axes, options?: ReduceOptions): TensorInterface {
    return mean(this, axes, options);
  }
  max(axes?: Axes, options?: ReduceOptions): TensorInterface {
    return extreme('max', this, axes, options);
  }
  min(axes?: Axes, options?: ReduceOptions): TensorInterface {
    return extreme('min', this, axes, options);
  }
  variance(axes?: Axes, options?: VarianceOptions): TensorInterface {
    return variance(this, axes, options);
  }
  argmax(axis = -1): TensorInterface {
    return argmax(this, axis);
  }

  softmax(axis = -1): TensorInterface {
    return softmax(this, axis);
  }
  logSoftmax(axis = -1): TensorInterface {
    return logSoftmax(this, axis);
  }

  matmul(other: TensorInterface): TensorInterface {
    return matmul(this, other);
  }

  batchNorm(parameters: BatchNormParameters, { training }: { readonly training: boolean }): TensorInterface {
    const run = training ? batchNorm : batchNormInference;
    return run(tapeOf('batchNorm', [this]), this, parameters, null);
  }
  activate(theta: TensorInterface, shape: Clip): TensorInterface {
    return clip(tapeOf('activate', [this, theta]), this, theta, shape);
  }
  dropout(rate: number, random: Random): TensorInterface {
    return dropout(tapeOf('dropout', [this]), this, rate, random);
  }

  reshape(...shape: number[]): TensorInterface {
    return reshape(this, shape);
  }
  flatten(): TensorInterface {
    return flatten(tapeOf('flatten', [this]), this);
  }
  transpose(...axes: number[]): TensorInterface {
    return transpose(this, axes);
  }
  slice(...parts: Slice[]): TensorInterface {
    return slice(this, parts);
  }
  pad(widths: readonly (readonly [before: number, after: number])[], value = 0): TensorInterface {
    return pad(this, widths, value);
  }
  broadcastTo(...shape: number[]): TensorInterface {
    return broadcastTo(this, shape);
  }
  concatenate(others: readonly TensorInterface[], axis = 0): TensorInterface {
    return concatenate([this, ...others], axis);
  }
  gather(indices: TensorInterface | readonly number[], axis = 0): TensorInterface {
    return gather(this, indices, axis);
  }
  oneHot(classes: number): TensorInterface {
    return oneHot(this, classes);
  }

  conv2d(weights: TensorInterface, options?: Conv2dOptions): TensorInterface {
    return conv2d(this, weights, options);
  }
  maxPool(window: Pair, options?: WindowOptions): TensorInterface {
    return maxPool(this, window, options);
  }
  avgPool(window: Pair, options?: AvgPoolOptions): TensorInterface {
    return avgPool(this, window, options);
  }
}
