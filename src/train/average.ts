/**
 * @file An exponential moving average of the weights (EMA): noisy steps at a high learning rate end near the middle of what
 * they wander around, and the middle answers better than any single step does (Polyak and Juditsky, 1992, of the plain mean).
 */
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Heap } from '../memory/heap.ts';
import { disposeModel, emptyModel, type Model } from '../nn/model.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** Owns the averaged weights; they are freed when it is closed. */
export interface Average extends Closeable {
  /** The averaged weights as a network; it shares no memory with the one that is trained. */
  readonly model: Model;
  /** The averaged weights by average.PARAMETER, saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Takes in the weights that step 0, 1, ... has left. */
  update(step: number): void;
}

/** The share of the average that remains at a step: small at first, so that the random start is soon forgotten. */
export function decayAt(ema: number, step: number): number {
  return Math.min(ema, (1 + step) / (10 + step));
}

/**
 * average = average + (1 - d) (weights - average), d = decayAt(ema, step), of all parameters and running statistics.
 * Thresholds that are not trained are copied: they follow their annealing, not the gradients.
 */
export function createAverage(
  heap: Heap,
  model: Model,
  { ema, thetaRate }: Pick<TrainOptions, 'ema' | 'thetaRate'>,
): Average {
  const averaged = emptyModel(heap, model.architecture);
  const pairs = model.specs.map(({ name, role }) => {
    const weights = model.tensors.get(name)!.data;
    const average = averaged.tensors.get(name)!.data;
    average.set(weights);
    return { weights, average, isCopied: role === 'theta' && thetaRate === 0 };
  });
  return {
    model: averaged,
    state: new Map([...averaged.tensors].map(([name, tensor]) => [`average.${name}`, tensor])),
    update(step) {
      const share = 1 - decayAt(ema, step);
      for (const { weights, average, isCopied } of pairs) {
        if (isCopied) average.set(weights);
        else for (let i = 0; i < average.length; i++) average[i]! += share * (weights[i]! - average[i]!);
      }
    },
    ...closeable(() => disposeModel(heap, averaged)),
  };
}
