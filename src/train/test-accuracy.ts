import type { Dataset } from '../data/dataset.ts';
import { foldModel } from '../nn/fold.ts';
import { disposeModel, type Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';

/** The percentage of images that the model puts into their class, its batch norms folded for speed. */
export function testAccuracy(
  runtime: Runtime,
  model: Model,
  test: Dataset,
  options: EvaluateOptions = {},
): number {
  const folded = foldModel(runtime.heap, model);
  try {
    return evaluate(runtime, folded, test, options).accuracy;
  } finally {
    disposeModel(runtime.heap, folded);
  }
}
