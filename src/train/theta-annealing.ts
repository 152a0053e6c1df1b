/**
 * @file The clip annealed in: thresholds that are not trained start wider than they will be, so that the network begins almost
 * linear, and shrink in a straight line.
 */
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Heap } from '../memory/heap.ts';
import type { Model } from '../nn/model.ts';
import { allocateTensors, freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** Theta after this many steps, as a multiple of its final value: from thetaFrom down to 1, and 1 ever after. */
export function thetaWidth(
  { thetaFrom, anneal }: Pick<TrainOptions, 'thetaFrom' | 'anneal'>,
  perEpoch: number,
  steps: number,
): number {
  const annealing = anneal * perEpoch;
  return annealing > 0 ? 1 + (thetaFrom - 1) * Math.max(0, 1 - steps / annealing) : 1;
}

/** Owns the final values; they are freed when it is closed. */
export interface ThetaAnnealing extends Closeable {
  /** What each theta ends at, by final.PARAMETER, saved in checkpoints; empty without annealing. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Sets every theta to its value after this many steps. */
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
  const finalName = (name: string): string => `final.${name}`;
  const state = allocateTensors(
    heap,
    thetas.map(({ name, shape }) => ({ name: finalName(name), shape })),
  );
  const pairs = thetas.map(({ name }) => {
    const theta = model.tensors.get(name)!.data;
    const final = state.get(finalName(name))!.data;
    final.set(theta);
    return { theta, final };
  });
  return {
    state,
    set(steps) {
      const width = thetaWidth(options, perEpoch, steps);
      for (const { theta, final } of pairs)
        for (let i = 0; i < final.length; i++) theta[i] = final[i]! * width;
    },
    ...closeable(() => freeTensors(heap, state.values())),
  };
}
