/**
 * @file One update of every trained parameter. The thresholds have a learning rate and a weight decay of their own.
 */
import type { Floats, Kernels } from '../kernels/kernels.ts';
import { type Closeable, closeable } from '../memory/closeable.ts';
import type { Heap } from '../memory/heap.ts';
import type { Model } from '../nn/model.ts';
import { isTrained, type ParameterSpec } from '../nn/parameters.ts';
import { allocateTensors, freeTensors } from '../tensor/heap-tensors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** No threshold falls below this: a neuron with theta = 0 would spike for ever. */
export const SMALLEST_THETA = 1e-3;

/** Adam's constants as its authors give them (Kingma and Ba, arXiv:1412.6980). */
const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/** Running means of the gradients that an optimizer keeps for each parameter. */
const MOMENTS = { sgd: ['velocity'], adam: ['first', 'second'] } as const;

/** Owns the moments; they are freed when it is closed. */
export interface Optimizer extends Closeable {
  /** The moments by MOMENT.PARAMETER, each of its parameter's shape; saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /**
   * Updates every parameter that has a gradient.
   * @param step counts from 0
   */
  update(learningRate: number, step: number): void;
}

export function createOptimizer(
  heap: Heap,
  kernels: Kernels,
  model: Model,
  options: TrainOptions,
): Optimizer {
  const trained = model.specs.filter(isTrained);
  const state = allocateTensors(
    heap,
    MOMENTS[options.optimizer].flatMap((moment) =>
      trained.map(({ name, shape }) => ({ name: momentName(moment, name), shape })),
    ),
  );
  const update = (learningRate: number, step: number): void => {
    for (const spec of trained) {
      const { data, gradient } = model.tensors.get(spec.name)!;
      const own = learningRate * (spec.role === 'theta' ? options.thetaRate : 1);
      if (!gradient || own === 0) continue;
      const moment = (kind: Moment): Floats => state.get(momentName(kind, spec.name))!.data;
      const weightDecay = weightDecayOf(spec, options);
      if (options.optimizer === 'sgd') {
        const { momentum, nesterov } = options;
        kernels.sgd(data, gradient, moment('velocity'), {
          learningRate: own,
          momentum,
          nesterov,
          weightDecay,
        });
      } else {
        const adam = { ...ADAM, learningRate: own, weightDecay, step: step + 1 };
        kernels.adam(data, gradient, moment('first'), moment('second'), adam);
      }
      if (spec.role === 'theta') keepAbove(data, SMALLEST_THETA);
    }
  };
  return { state, update, ...closeable(() => freeTensors(heap, state.values())) };
}

type Moment = (typeof MOMENTS)[keyof typeof MOMENTS][number];

const momentName = (moment: Moment, parameter: string): string => `${moment}.${parameter}`;

/** Biases and batch norms do not decay. */
function weightDecayOf({ role }: ParameterSpec, options: TrainOptions): number {
  if (role === 'weight') return options.weightDecay;
  return role === 'theta' ? options.thetaDecay : 0;
}

function keepAbove(values: Floats, least: number): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(least, values[i]!);
}
