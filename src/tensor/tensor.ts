/**
 * @file A tensor: an ndarray view of memory, and the place where its gradient will lie.
 */
import ndarray, { type NdArray } from 'ndarray';
import type { Floats } from '../kernels/kernels.ts';
import type { Heap } from '../memory/heap.ts';

export type Precision = 'float32' | 'float64';

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Row-major; `data` holds exactly the elements, in order. */
export class Tensor {
  readonly data: Floats;
  readonly shape: readonly number[];
  /** False: no gradient is computed for it (images, labels, running statistics). */
  readonly needsGradient: boolean;
  /** Filled by `Tape.backward`, same length as `data`; null until then. */
  gradient: Floats | null = null;
  #view: NdArray<Floats> | null = null;

  constructor(data: Floats, shape: readonly number[], needsGradient = false) {
    if (data.length !== sizeOf(shape)) {
      throw new Error(`tensor: shape [${shape}] needs ${sizeOf(shape)} values, found ${data.length}`);
    }
    this.data = data;
    this.shape = [...shape];
    this.needsGradient = needsGradient;
  }

  /** Zeros that outlive a step: parameters, momenta, running statistics. Whoever makes it frees it (`freeTensors`). */
  static onHeap(heap: Heap, shape: readonly number[], needsGradient = false): Tensor {
    const size = sizeOf(shape);
    const tensor = new Tensor(heap.f32(heap.allocate(size * 4), size), shape, needsGradient);
    tensor.data.fill(0);
    return tensor;
  }

  /**
   * The tensor as an ndarray: shape, stride, get and set, over the same memory. Made when it is first asked for, because ndarray
   * generates code, which a page whose Content Security Policy has no `unsafe-eval` refuses; everything else works there.
   */
  get view(): NdArray<Floats> {
    this.#view ??= ndarray(this.data, [...this.shape]);
    return this.#view;
  }

  get size(): number {
    return this.data.length;
  }

  /** The single value of a tensor of one element, such as a loss. */
  item(): number {
    if (this.size !== 1) throw new Error(`tensor: item() needs one element, found shape [${this.shape}]`);
    return this.data[0]!;
  }
}
