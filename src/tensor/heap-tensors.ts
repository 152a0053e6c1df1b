/**
 * @file Tensors that outlive a step, as a family: made together, freed together by whoever made them.
 */
import type { Heap } from '../memory/heap.ts';
import { Tensor } from './tensor.ts';

export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** Default: false. */
  readonly needsGradient?: boolean;
}

/**
 * Zeros on the heap by name: all of them, or none when the heap has no room for the last.
 * @throws InputError when the memory cannot grow enough
 * @example
 * const tensors = allocateTensors(heap, [{ name: 'bias', shape: [2] }]);
 * tensors.get('bias').data; // [0, 0]
 * freeTensors(heap, tensors.values());
 */
export function allocateTensors(heap: Heap, specs: readonly TensorSpec[]): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  try {
    for (const { name, shape, needsGradient } of specs)
      tensors.set(name, Tensor.onHeap(heap, shape, needsGradient));
  } catch (error) {
    freeTensors(heap, tensors.values());
    throw error;
  }
  return tensors;
}

/**
 * Gives the memory of tensors on the heap back; they must not be used any more.
 * @example
 * const w = parameter(heap, [2, 2]);
 * freeTensors(heap, [w]);
 */
export function freeTensors(heap: Heap, tensors: Iterable<Tensor>): void {
  for (const { data } of tensors) heap.free(data.byteOffset);
}
