/**
 * @file Between a network as plain data (files, converter) and a model in memory (trainer).
 */
import { InputError } from '../errors.ts';
import type { Heap } from '../memory/heap.ts';
import type { TrainedNetwork } from './architecture.ts';
import type { LearnedData } from './learned-data.ts';
import { disposeModel, emptyModel, type Model } from './model.ts';

/**
 * A model with the weights of a trained network, copied. The caller owns it and frees it with `disposeModel`.
 * @throws InputError when a tensor is missing or has another size than its layer asks for (names it), or the heap has no room;
 * nothing stays allocated then
 * @example
 * const copy = loadWeights(heap, network);
 * copy.tensors.get('linear3.bias').shape; // [10]
 * disposeModel(heap, copy);
 */
export function loadWeights(heap: Heap, network: TrainedNetwork): Model {
  const model = emptyModel(heap, network.architecture);
  try {
    for (const { name, shape } of model.specs) {
      const { data } = model.tensors.get(name)!;
      const weights = network.weights.get(name);
      if (weights?.length !== data.length)
        throw new InputError(
          `${name}: expected ${shape.join('x')} numbers in network ${network.architecture.name}, found ${weights?.length ?? 'none'}; its weights do not belong to its architecture`,
        );
      data.set(weights);
    }
  } catch (error) {
    disposeModel(heap, model);
    throw error;
  }
  return model;
}

/**
 * What `use` makes of a model with the weights of a network, which is freed again whatever happens.
 * @throws InputError as `loadWeights` does
 * @example
 * withModel(heap, network, (copy) => copy.tensors.size); // 14
 */
export function withModel<T>(heap: Heap, network: TrainedNetwork, use: (model: Model) => T): T {
  const model = loadWeights(heap, network);
  try {
    return use(model);
  } finally {
    disposeModel(heap, model);
  }
}

/**
 * The model as plain data, copied out of the heap: what files hold and `convert` takes. The model stays as it is.
 * @param provenance how it came about (data set, seed, accuracy), kept in its file
 * @param learned how its images are normalised and what its classes are called, kept in its file: `learnedFrom(dataset)`
 * @example
 * const trained = exportNetwork(model, { dataset: 'strokes', seed: 1 });
 * trained.weights.get('conv1.bias').length; // 3
 */
export function exportNetwork(
  model: Model,
  provenance: TrainedNetwork['provenance'] = {},
  learned?: LearnedData,
): TrainedNetwork {
  const weights = new Map([...model.tensors].map(([name, tensor]) => [name, Float32Array.from(tensor.data)]));
  return { architecture: model.architecture, weights, ...(learned && { learned }), provenance };
}
