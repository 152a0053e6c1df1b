/**
 * @file A trained network's answers to the images of a data set.
 */
import type { Dataset } from '../data/dataset.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import { withModel } from '../nn/trained-network.ts';
import type { Runtime } from '../runtime.ts';
import { type EvaluateOptions, type Evaluation, evaluate } from '../train/evaluate.ts';

/** Accuracy, classes and logits of the network as it was trained. Nothing stays on the heap. */
export function evaluateNetwork(
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Evaluation {
  return withModel(runtime.heap, network, (model) => evaluate(runtime, model, dataset, options));
}
