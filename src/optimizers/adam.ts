import { guarded } from '../memory/closeable.ts';
import type { Runtime } from '../runtime.ts';
import { freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/interfaces.ts';
import { moments, type Optimizer } from './optimizer.ts';

/** The settings of Adam. */
export interface AdamSettings {
  /** Default: 1e-3. */
  readonly learningRate?: number;
  /** What the running means of the gradient and of its square keep. Default: 0.9 and 0.999. */
  readonly betas?: readonly [number, number];
  /** Default: 1e-8. */
  readonly epsilon?: number;
}

/** The settings of AdamW. */
export interface AdamWSettings extends AdamSettings {
  /** Every step takes learningRate * weightDecay off the parameter. Default: 0.01. */
  readonly weightDecay?: number;
}

/**
 * Adam with weight decay apart from the gradient (Loshchilov and Hutter, arXiv:1711.05101).
 * @example
 * const w = Tensor.onHeap(heap, [2], true);
 * const optimizer = adamW(runtime, [w], { learningRate: 0.1 });
 * tape.use(w).mul(tape.array([3, -4])).sum().backward();
 * optimizer.step(); // by the learning rate against the sign of the gradient
 * w.data.map((value) => Math.round(100 * value)); // [-10, 10]
 * optimizer.close();
 */
export function adamW(
  { heap, kernels }: Pick<Runtime, 'heap' | 'kernels'>,
  parameters: readonly Tensor[],
  { learningRate = 1e-3, betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.01 }: AdamWSettings = {},
): Optimizer {
  const state = moments(heap, parameters, ['first', 'second']);
  const [beta1, beta2] = betas;
  const { ends, mustBeOpen } = guarded('adam', () => freeTensors(heap, state.values()));
  return {
    learningRate,
    steps: 0,
    state,
    step() {
      mustBeOpen();
      this.steps++;
      const { learningRate } = this;
      const options = { learningRate, beta1, beta2, epsilon, weightDecay, step: this.steps };
      for (const [i, { data, gradient }] of parameters.entries()) {
        const [first, second] = ['first', 'second'].map((kind) => state.get(`${kind}.${i}`)!.data);
        if (gradient) kernels.adam(data, gradient, first!, second!, options);
      }
    },
    ...ends,
  };
}

/**
 * Adam (Kingma and Ba, arXiv:1412.6980): adamW without weight decay.
 * @param parameters tensors with a gradient; each needs two more of its size, given back by `close`
 * @example
 * const w = parameter(heap, [1], constant(1));
 * const optimizer = adam(runtime, [w], { learningRate: 0.1 });
 * tape.use(w).square().sum().backward();
 * optimizer.step();
 * w.data[0] < 1; // true
 * optimizer.close();
 */
export function adam(
  runtime: Pick<Runtime, 'heap' | 'kernels'>,
  parameters: readonly Tensor[],
  settings: AdamSettings = {},
): Optimizer {
  return adamW(runtime, parameters, { ...settings, weightDecay: 0 });
}
