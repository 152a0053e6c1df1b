/**
 * @file What every optimizer is: an update of a list of parameters by their gradients.
 */
import type { Closeable } from '../memory/closeable.ts';
import type { Heap } from '../memory/heap.ts';
import { allocateTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/interfaces.ts';
import type { Tensor as HeapTensor } from '../tensor/tensor.ts';

/** Owns what it remembers of the gradients; that is freed when it is closed. */
export interface Optimizer extends Closeable {
  /** Of the next step: a schedule sets it anew. */
  learningRate: number;
  /** Steps taken so far; set it together with `state` to go on where another stopped. */
  steps: number;
  /** Running means of gradients, each of its parameter's shape, by KIND.NUMBER (the parameter's place in the list). */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Updates every parameter that has a gradient. @throws UsageError once it has been closed */
  step(): void;
}

/** Zeros of every parameter's shape for each kind, by KIND.NUMBER. */
export function moments(
  heap: Heap,
  parameters: readonly Tensor[],
  kinds: readonly string[],
): ReadonlyMap<string, HeapTensor> {
  return allocateTensors(
    heap,
    kinds.flatMap((kind) => parameters.map(({ shape }, i) => ({ name: `${kind}.${i}`, shape }))),
  );
}
