/**
 * @file Accuracy of a model on a data set, in inference: with running statistics, without dropout.
 */
import { createBatches } from '../data/batches.ts';
import { checkInput } from '../data/check-input.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Labels } from '../kernels/kernels.ts';
import { argmax } from '../nn/argmax.ts';
import { refuseNonFiniteLogits } from '../nn/finite-logits.ts';
import type { ForwardOptions } from '../nn/forward.ts';
import { createInference } from '../nn/inference.ts';
import type { Model } from '../nn/model.ts';
import type { Runtime } from '../runtime.ts';
import { atOnce } from './at-once.ts';
import { checkRuntime } from './check-runtime.ts';
import { mirror } from './mirror.ts';

const BATCH_SIZE = 128;

/** A model's answers to the images of a data set. */
export interface Evaluation {
  /** Percent. */
  readonly accuracy: number;
  /** The class of each image. */
  readonly predictions: Labels;
  /** [count, classes] */
  readonly logits: Float32Array;
}

/** How a model is evaluated. */
export interface EvaluateOptions extends Omit<ForwardOptions, 'training'> {
  /** Images in a mini-batch. Default: 128. */
  readonly batchSize?: number;
  /** Folds batch norms first (`foldModel`), for speed: logits then differ in their last bits. Default: false. */
  readonly fold?: boolean;
  /** Adds the logits of each image's mirror image to its own (test-time flip). Default: false. */
  readonly flip?: boolean;
}

/**
 * Loss and accuracy of a model on a data set, in inference.
 * @param model as it stands; it is copied, and may change while a mini-batch is answered
 * @throws InputError when the images are not those of the network, the heap has no room for a batch, or a logit is NaN or infinite: there is no accuracy then
 * @example
 * const { accuracy, logits } = evaluate(runtime, model, dataset);
 * logits.length; // 200
 */
export function evaluate(
  runtime: Runtime,
  model: Model,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Evaluation {
  return atOnce(evaluating(runtime, model, dataset, options));
}

/** The same, mini-batch by mini-batch: whoever asks may do something else in between. Yields the number of images that are done. */
export function* evaluating(
  runtime: Runtime,
  model: Model,
  dataset: Dataset,
  options: EvaluateOptions = {},
): Generator<number, Evaluation, void> {
  const { name, classes } = model.architecture;
  checkRuntime(runtime, model);
  checkInput(model.architecture, dataset);
  const logits = yield* logitsOf(runtime, model, dataset, options);
  refuseNonFiniteLogits(name, logits, classes);
  const predictions = classes > 256 ? new Uint16Array(dataset.count) : new Uint8Array(dataset.count);
  let right = 0;
  for (let i = 0; i < dataset.count; i++) {
    predictions[i] = argmax(logits, i * classes, classes);
    if (predictions[i] === dataset.labels[i]) right++;
  }
  return { accuracy: (100 * right) / dataset.count, predictions, logits };
}

function* logitsOf(
  runtime: Runtime,
  model: Model,
  dataset: Dataset,
  options: EvaluateOptions,
): Generator<number, Float32Array<ArrayBuffer>, void> {
  const size = options.batchSize ?? BATCH_SIZE;
  const batches = createBatches(dataset, { batchSize: size, seed: 0, shuffle: false });
  const labels = new Uint16Array(size);
  const logits = new Float32Array(dataset.count * model.architecture.classes);
  const inference = createInference(runtime, model, options);
  const { tape } = inference;
  try {
    for (let position = 0; position < batches.perEpoch; position++) {
      tape.reset();
      const count = Math.min(size, dataset.count - position * size);
      const x = tape.tensor([count, ...dataset.shape]);
      batches.fill(0, position, x.data as Float32Array, labels);
      const own = inference.forward(x, options).data;
      if (options.flip) {
        const mirrored = tape.tensor(x.shape);
        mirror(x.data, dataset.shape, mirrored.data);
        runtime.kernels.add(own, inference.forward(mirrored, options).data, own);
      }
      logits.set(own, position * size * model.architecture.classes);
      yield position * size + count;
    }
  } finally {
    inference.close();
  }
  return logits;
}
