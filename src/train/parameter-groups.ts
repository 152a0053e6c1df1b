/**
 * @file The parameters of a model in groups, each with an optimizer, a learning rate and a weight decay of its own: weights decay,
 * biases and batch norms do not, and thresholds learn at a rate of theirs.
 */
import type { Floats } from '../kernels/kernels.ts';
import type { Closeable } from '../memory/closeable.ts';
import { opened } from '../memory/resources.ts';
import type { Model } from '../nn/model.ts';
import { isTrained, type ParameterSpec } from '../nn/parameters.ts';
import { adamW } from '../optimizers/adam.ts';
import { muon } from '../optimizers/muon.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Runtime } from '../runtime.ts';
import type { Tensor } from '../tensor/interfaces.ts';
import type { TrainOptions } from './options.ts';

/** No threshold falls below this: a neuron with theta = 0 would spike for ever. */
export const SMALLEST_THETA = 1e-3;

/** Owns the optimizers of all groups; they are closed with it. */
export interface ParameterGroups extends Closeable {
  /** What the optimizers remember, by KIND.PARAMETER, each of its parameter's shape; saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /**
   * Updates every parameter that has a gradient.
   * @param step counts from 0
   */
  update(learningRate: number, step: number): void;
}

/** Parameters that are treated alike. */
interface Group {
  readonly specs: readonly ParameterSpec[];
  readonly kind: TrainOptions['optimizer'];
  /** Its learning rate as a multiple of the run's. */
  readonly rate: number;
  readonly weightDecay: number;
}

function groupsOf(specs: readonly ParameterSpec[], options: TrainOptions): Group[] {
  const { optimizer, weightDecay, thetaRate, thetaDecay } = options;
  // Muon is for matrices; what it does not update, sgd does.
  const kind = optimizer === 'muon' ? 'sgd' : optimizer;
  const isMatrix = ({ role, shape }: ParameterSpec): boolean => role === 'weight' && shape.length > 1;
  const [matrices, vectors] = [true, false].map((matrix) =>
    specs.filter((spec) => isMatrix(spec) === matrix),
  );
  const weights = vectors!.filter(({ role }) => role === 'weight');
  const thetas = vectors!.filter(({ role }) => role === 'theta');
  const others = vectors!.filter(({ role }) => role !== 'weight' && role !== 'theta');
  return [
    { specs: matrices!, kind: optimizer, rate: 1, weightDecay },
    { specs: weights, kind, rate: 1, weightDecay },
    { specs: others, kind, rate: 1, weightDecay: 0 },
    { specs: thetas, kind, rate: thetaRate, weightDecay: thetaDecay },
  ];
}

/** One optimizer for each group of a model's parameters, as the options say. */
export function groupParameters(
  runtime: Pick<Runtime, 'heap' | 'kernels'>,
  model: Model,
  options: TrainOptions,
): ParameterGroups {
  const tensorOf = ({ name }: ParameterSpec): Tensor => model.tensors.get(name)!;
  return opened((resources) => {
    const groups = groupsOf(model.specs.filter(isTrained), options).map((group) => ({
      ...group,
      optimizer: resources.use(optimizerOf(runtime, group.specs.map(tensorOf), group, options)),
    }));
    const named = groups.flatMap(({ specs, optimizer }) =>
      [...optimizer.state].map(([name, tensor]) => {
        const [kind, number] = name.split('.');
        return [`${kind}.${specs[Number(number)]!.name}`, tensor] as const;
      }),
    );
    return {
      state: new Map(named),
      update(learningRate: number, step: number): void {
        for (const { specs, rate, optimizer } of groups) {
          optimizer.learningRate = learningRate * rate;
          if (optimizer.learningRate === 0) continue;
          optimizer.steps = step;
          optimizer.step();
          for (const spec of specs) if (spec.role === 'theta') keepAbove(tensorOf(spec).data, SMALLEST_THETA);
        }
      },
    };
  });
}

function optimizerOf(
  runtime: Pick<Runtime, 'heap' | 'kernels'>,
  parameters: readonly Tensor[],
  { kind, weightDecay }: Group,
  { learningRate, momentum, nesterov }: TrainOptions,
): Optimizer {
  if (kind === 'sgd') return sgd(runtime, parameters, { learningRate, momentum, nesterov, weightDecay });
  if (kind === 'muon') return muon(runtime, parameters, { learningRate, momentum, weightDecay });
  return adamW(runtime, parameters, { learningRate, weightDecay });
}

function keepAbove(values: Floats, least: number): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(least, values[i]!);
}
