/**
 * @file The clip annealed in: thresholds that are not trained start wider than they will be, so that the network begins almost
 * linear, and shrink in a straight line.
 */
import type { Heap } from '../memory/heap.ts';
import type { Model } from '../nn/model.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** theta after so many steps, as a multiple of its final value: from thetaFrom down to 1, 1 ever after. */
export function thetaWidth(
  { thetaFrom, anneal }: Pick<TrainOptions, 'thetaFrom' | 'anneal'>,
  perEpoch: number,
  steps: number,
): number {
  const annealing = anneal * perEpoch;
  return annealing > 0 ? 1 + (thetaFrom - 1) * Math.max(0, 1 - steps / annealing) : 1;
}

export interface ThetaAnnealing {
  /** What each theta ends at, by final.NAME, saved in checkpoints; empty without annealing. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Sets every theta to its value after so many steps. */
  set(steps: number): void;
}

/**
 * Every theta ends at what it is at this call (or in the checkpoint that is restored). It is then a function of the steps done
 * alone; that is why it must not be trained as well (thetaRate 0).
 */
export function createThetaAnnealing(
  heap: Heap,
  model: Model,
  options: TrainOptions,
  perEpoch: number,
): ThetaAnnealing {
  const thetas = options.anneal > 0 ? model.specs.filter(({ role }) => role === 'theta') : [];
  const pairs = thetas.map(({ name, shape }) => {
    const theta = model.tensors.get(name)!;
    const last = Tensor.onHeap(heap, shape);
    last.data.set(theta.data);
    return { name, theta, last };
  });
  return {
    state: new Map(pairs.map(({ name, last }) => [`final.${name}`, last])),
    set(steps) {
      const width = thetaWidth(options, perEpoch, steps);
      for (const { theta, last } of pairs)
        for (let i = 0; i < last.size; i++) theta.data[i] = last.data[i]! * width;
    },
  };
}
