import type { Dataset } from '../data/dataset.ts';
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { atOnce } from './at-once.ts';
import { type EvaluateOptions, evaluating } from './evaluate.ts';

/**
 * The percentage of images that the model puts into their class, its batch norms folded for speed; batch by batch. Yields the number
 * of images that are done.
 */
export function* testing(
  runtime: Runtime,
  model: Model,
  test: Dataset,
  options: EvaluateOptions = {},
): Generator<number, number, void> {
  return (yield* evaluating(runtime, model, test, { ...options, fold: true })).accuracy;
}

/** The same in one go. */
export function testAccuracy(
  runtime: Runtime,
  model: Model,
  test: Dataset,
  options: EvaluateOptions = {},
): number {
  return atOnce(testing(runtime, model, test, options));
}
