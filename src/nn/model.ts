/**
 * @file A network in memory: its architecture and one tensor per parameter, on the heap. Plain data: whoever made a model owns
 * it and frees it with `disposeModel`.
 */
import type { Heap } from '../memory/heap.ts';
import { allocateTensors, freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Architecture } from './architecture.ts';
import {
  isTrained,
  type Owning,
  type ParameterSpec,
  parameterName,
  parameterSpecs,
  type Roles,
} from './parameters.ts';

/** A network in memory. `createModel` and `loadWeights` make one; `forward` runs it, `train` trains it, `exportNetwork` copies it. */
export interface Model {
  readonly architecture: Architecture;
  readonly specs: readonly ParameterSpec[];
  /** Parameters and running statistics, by LAYER.role. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** A model whose tensors are all 0. @throws InputError when the heap has no room for it; nothing stays allocated then */
export function emptyModel(heap: Heap, architecture: Architecture): Model {
  const specs = parameterSpecs(architecture.layers);
  const tensors = allocateTensors(
    heap,
    specs.map((spec) => ({ ...spec, needsGradient: isTrained(spec) })),
  );
  return { architecture, specs, tensors };
}

/** The same network with weights of its own. @throws InputError as `emptyModel` does */
export function copyModel(heap: Heap, model: Model): Model {
  const copy = emptyModel(heap, model.architecture);
  for (const [name, { data }] of copy.tensors) data.set(model.tensors.get(name)!.data);
  return copy;
}

/**
 * Gives the memory of a model back to the heap it was made on. Its tensors must not be used any more.
 * @throws Error when it has been freed already, or lies on another heap
 * @example
 * const copy = loadWeights(heap, network);
 * disposeModel(heap, copy);
 */
export function disposeModel(heap: Heap, model: Model): void {
  freeTensors(heap, model.tensors.values());
}

/** A tensor of a layer, or undefined: a layer without bias, a ReLU without theta. */
export function findTensor<K extends keyof Roles>(
  model: Model,
  layer: Owning<K>,
  role: Roles[K],
): Tensor | undefined {
  return model.tensors.get(parameterName(layer, role));
}

/**
 * A tensor of a layer.
 * @throws Error when the model has no such tensor
 * @example
 * const first = model.architecture.layers[0];
 * tensorOf(model, first, 'weight').shape; // [5, 5, 1, 3]
 */
export function tensorOf<K extends keyof Roles>(model: Model, layer: Owning<K>, role: Roles[K]): Tensor {
  const tensor = findTensor(model, layer, role);
  if (!tensor)
    throw new Error(
      `${layer.name}: expected a tensor ${role} in model ${model.architecture.name}, found none`,
    );
  return tensor;
}
