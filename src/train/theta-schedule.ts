/**
 * @file The clip annealed in: thresholds that are not trained start wider than they will be, so that the network begins almost
 * linear, and shrink in a straight line.
 */
import type { Model } from '../nn/model.ts';
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

/**
 * Sets every theta to its value at this call times the width. A theta is then a function of the steps done alone, in a resumed
 * run too; that is why it must not be trained as well (thetaRate 0).
 * @returns a function of the number of steps done
 */
export function thetaSchedule(
  model: Model,
  options: TrainOptions,
  perEpoch: number,
): (steps: number) => void {
  if (options.anneal === 0) return () => {};
  const thetas = model.specs
    .filter(({ role }) => role === 'theta')
    .map(({ name }) => model.tensors.get(name)!)
    .map((tensor) => ({ tensor, last: Float32Array.from(tensor.data) }));
  return (steps) => {
    const width = thetaWidth(options, perEpoch, steps);
    for (const { tensor, last } of thetas) tensor.data.set(last.map((theta) => theta * width));
  };
}
