/**
 * @file One update of every trained parameter, with a group's own rate and decay by the parameter's role.
 */
import type { Kernels } from '../kernels/kernels.ts';
import type { Heap } from '../memory/heap.ts';
import type { Model } from '../nn/model.ts';
import { isTrained, type ParameterSpec } from '../nn/parameters.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** No threshold falls below this: a neuron with theta = 0 would spike for ever. */
export const SMALLEST_THETA = 1e-3;

export interface Optimizer {
  /** Momenta by MOMENT.NAME.role, saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** Updates from the gradients on the tensors. `step` counts from 0. */
  update(rate: number, step: number): void;
}

export function createOptimizer(
  heap: Heap,
  kernels: Kernels,
  model: Model,
  options: TrainOptions,
): Optimizer {
  const trained = model.specs.filter(isTrained);
  const moments = options.optimizer === 'sgd' ? ['velocity'] : ['first', 'second'];
  const state = new Map<string, Tensor>();
  for (const moment of moments) {
    for (const spec of trained) state.set(`${moment}.${spec.name}`, Tensor.onHeap(heap, spec.shape));
  }
  const update = (rate: number, step: number): void => {
    for (const spec of trained) {
      const { data, gradient } = model.tensors.get(spec.name)!;
      const groupRate = rate * (spec.role === 'theta' ? options.thetaRate : 1);
      if (!gradient || groupRate === 0) continue;
      const moment = (name: string): Float32Array | Float64Array => state.get(`${name}.${spec.name}`)!.data;
      const weightDecay = decayOf(spec, options);
      if (options.optimizer === 'sgd') {
        const { momentum, nesterov } = options;
        kernels.sgd(data, gradient, moment('velocity'), { rate: groupRate, momentum, nesterov, weightDecay });
      } else {
        const adam = {
          rate: groupRate,
          beta1: 0.9,
          beta2: 0.999,
          epsilon: 1e-8,
          weightDecay,
          step: step + 1,
        };
        kernels.adam(data, gradient, moment('first'), moment('second'), adam);
      }
      if (spec.role === 'theta') {
        for (let i = 0; i < data.length; i++) data[i] = Math.max(SMALLEST_THETA, data[i]!);
      }
    }
  };
  return { state, update };
}

function decayOf(spec: ParameterSpec, options: TrainOptions): number {
  if (spec.role === 'weight') return options.weightDecay;
  return spec.role === 'theta' ? options.thetaDecay : 0;
}
