import { guarded } from '../memory/closeable.ts';
import type { Runtime } from '../runtime.ts';
import { freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/interfaces.ts';
import { moments, type Optimizer } from './optimizer.ts';

/** The settings of stochastic gradient descent. */
export interface SgdSettings {
  readonly learningRate: number;
  /** Share of the last update that goes on. Default: 0. */
  readonly momentum?: number;
  /** Looks ahead by one update. Default: false. */
  readonly nesterov?: boolean;
  /** Added to the gradient, times the parameter. Default: 0. */
  readonly weightDecay?: number;
}

/**
 * Stochastic gradient descent with momentum: d = gradient + weightDecay p; v = momentum v + d; p -= learningRate v.
 * @example
 * const w = Tensor.onHeap(heap, [2], true);
 * const optimizer = sgd(runtime, [w], { learningRate: 0.5 });
 * tape.use(w).sub(tape.array([1, 2])).square().sum().backward();
 * optimizer.step();
 * w.data; // [1, 2]
 * optimizer.close();
 */
export function sgd(
  { heap, kernels }: Pick<Runtime, 'heap' | 'kernels'>,
  parameters: readonly Tensor[],
  { learningRate, momentum = 0, nesterov = false, weightDecay = 0 }: SgdSettings,
): Optimizer {
  const state = moments(heap, parameters, ['velocity']);
  const { ends, mustBeOpen } = guarded('sgd', () => freeTensors(heap, state.values()));
  return {
    learningRate,
    steps: 0,
    state,
    step() {
      mustBeOpen();
      const options = { learningRate: this.learningRate, momentum, nesterov, weightDecay };
      for (const [i, { data, gradient }] of parameters.entries())
        if (gradient) kernels.sgd(data, gradient, state.get(`velocity.${i}`)!.data, options);
      this.steps++;
    },
    ...ends,
  };
}
