/**
 * @file An exponential moving average of the weights: noisy steps at a high rate end near the middle of what they wander
 * around, and the middle answers better than any single step does (Polyak and Juditsky, 1992, of the plain mean).
 */
import type { Heap } from '../memory/heap.ts';
import type { Model } from '../nn/model.ts';
import { isTrained } from '../nn/parameters.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

export interface Average {
  /** The averaged weights as a network; shares no memory with the one that is trained. */
  readonly model: Model;
  /** By average.NAME, saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Takes the weights after step 0, 1, ... in. */
  update(step: number): void;
}

/** How much of the average stays at a step: short at first, so that the random start is soon forgotten. */
export function decayAt(ema: number, step: number): number {
  return Math.min(ema, (1 + step) / (10 + step));
}

/**
 * average = average + (1 - d) (weights - average), d = decayAt(ema, step), of all parameters and running statistics.
 * Thresholds that are not trained are taken as they are: they follow a schedule, not the gradients.
 */
export function createAverage(
  heap: Heap,
  model: Model,
  { ema, thetaRate }: Pick<TrainOptions, 'ema' | 'thetaRate'>,
): Average {
  const pairs = model.specs.map((spec) => {
    const from = model.tensors.get(spec.name)!;
    const to = Tensor.onHeap(heap, spec.shape, isTrained(spec));
    to.data.set(from.data);
    return { name: spec.name, from, to, follows: spec.role === 'theta' && thetaRate === 0 };
  });
  const tensors = new Map(pairs.map(({ name, to }) => [name, to]));
  return {
    model: { architecture: model.architecture, specs: model.specs, tensors },
    state: new Map(pairs.map(({ name, to }) => [`average.${name}`, to])),
    update(step) {
      const take = 1 - decayAt(ema, step);
      for (const { from, to, follows } of pairs) {
        const [weights, average] = [from.data, to.data];
        if (follows) average.set(weights);
        else for (let i = 0; i < average.length; i++) average[i]! += take * (weights[i]! - average[i]!);
      }
    },
  };
}
