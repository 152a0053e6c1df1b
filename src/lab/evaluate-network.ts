/**
 * @file A trained network's answers to the images of a data set.
 */
import type { Dataset } from '../data/dataset.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import { disposeModel } from '../nn/model.ts';
import { loadWeights } from '../nn/trained-network.ts';
import type { Runtime } from '../runtime.ts';
import { type EvaluateOptions, type Evaluation, evaluating } from '../train/evaluate.ts';
import { breathing } from './breathing.ts';

/**
 * Accuracy, classes and logits of the network as it was trained. Nothing stays on the heap, and signals are heard on the way.
 * @throws InputError when a logit is NaN or infinite
 */
export async function evaluateNetwork(
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const model = loadWeights(runtime.heap, network);
  try {
    return await breathing(evaluating(runtime, model, dataset, options));
  } finally {
    disposeModel(runtime.heap, model);
  }
}
