/**
 * @file Lookahead (Zhang, Lucas, Hinton, Ba, NeurIPS 2019): fast weights run ahead for a few steps, then everything goes on from a place
 * on the way between them and where they began: slow = slow + share (fast - slow), fast = slow.
 */
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Heap } from '../memory/heap.ts';
import type { Model } from '../nn/model.ts';
import { isTrained } from '../nn/parameters.ts';
import { allocateTensors, freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** Owns the slow weights; they are freed when it is closed. */
export interface Lookahead extends Closeable {
  /** The slow weights by slow.PARAMETER, saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Step 0, 1, ... is done: after every `lookahead` of them the weights of the model go back part of their way. */
  update(step: number): void;
}

/** The slow weights begin where the model is. Running statistics follow the batches, and thresholds that are not trained stay. */
export function createLookahead(
  heap: Heap,
  model: Model,
  { lookahead, lookaheadShare, thetaRate }: Pick<TrainOptions, 'lookahead' | 'lookaheadShare' | 'thetaRate'>,
): Lookahead {
  const specs = model.specs.filter((spec) => isTrained(spec) && !(spec.role === 'theta' && thetaRate === 0));
  const slowName = (name: string): string => `slow.${name}`;
  const state = allocateTensors(
    heap,
    specs.map(({ name, shape }) => ({ name: slowName(name), shape })),
  );
  const pairs = specs.map(({ name }) => {
    const fast = model.tensors.get(name)!.data;
    const slow = state.get(slowName(name))!.data;
    slow.set(fast);
    return { fast, slow };
  });
  return {
    state,
    update(step) {
      if ((step + 1) % lookahead !== 0) return;
      for (const { fast, slow } of pairs) {
        for (let i = 0; i < slow.length; i++) slow[i]! += lookaheadShare * (fast[i]! - slow[i]!);
        fast.set(slow);
      }
    },
    ...closeable(() => freeTensors(heap, state.values())),
  };
}
