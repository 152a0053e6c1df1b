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
import { type RestHead, restHead } from './rest-head.ts';

/** No threshold falls below this: a neuron with theta = 0 would spike for ever. */
export const SMALLEST_THETA = 1e-3;

/** Owns the optimizers of all groups; they are closed with it. */
export interface ParameterGroups extends Closeable {
  /** What the optimizers remember, by KIND.PARAMETER, each of its parameter's shape; saved in checkpoints. */
  readonly state: ReadonlyMap<string, Tensor>;
  /** What follows from other parameters is put right: before the first step of a run that is not resumed, and before anything copies them. */
  begin(): void;
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
  /** Steps that it is trained for; absent: all. */
  readonly steps?: number;
}

function groupsOf(
  all: readonly ParameterSpec[],
  options: TrainOptions,
  perEpoch: number,
  rest: RestHead | null,
): Group[] {
  const { optimizer, weightDecay, thetaRate, thetaDecay, normRate, normDecay, headRate } = options;
  const head = all.findLast(({ role }) => role === 'weight');
  const first = all[0]?.role === 'weight' ? all[0] : undefined;
  const firstBias = all[1]?.role === 'bias' ? all[1] : undefined;
  const specs = all.filter(
    (spec) =>
      !(options.frozenFirst && spec === first) &&
      !(options.fixedScale && spec.role === 'gamma') &&
      spec.name !== rest?.bias,
  );
  // Muon is for matrices; what it does not update, sgd does.
  const others = optimizer === 'muon' ? 'sgd' : optimizer;
  const axes = options.muonOf === 'convolutions' ? 3 : 2;
  const kindOf = ({ role, shape }: ParameterSpec): Group['kind'] =>
    role === 'weight' && shape.length >= axes ? optimizer : others;
  const alike = (spec: ParameterSpec): Omit<Group, 'specs'> => {
    const own = { kind: kindOf(spec) };
    if (spec.role === 'theta') return { ...own, rate: thetaRate, weightDecay: thetaDecay };
    if (spec.role === 'weight')
      return spec === head
        ? { ...own, rate: headRate, weightDecay: options.headDecay ?? weightDecay }
        : { ...own, rate: 1, weightDecay };
    const until = spec === firstBias && options.firstBiasEpochs > 0;
    return {
      ...own,
      rate: normRate,
      weightDecay: spec.role === 'gamma' ? 0 : normDecay,
      ...(until && { steps: Math.round(options.firstBiasEpochs * perEpoch) }),
    };
  };
  const groups = new Map<string, Group & { readonly specs: ParameterSpec[] }>();
  for (const spec of specs) {
    const treatment = alike(spec);
    const key = JSON.stringify(treatment);
    const group = groups.get(key);
    if (group) group.specs.push(spec);
    else groups.set(key, { ...treatment, specs: [spec] });
  }
  return [...groups.values()];
}

/**
 * One optimizer for each group of a model's parameters, as the options say.
 * @param perEpoch steps in an epoch
 */
export function groupParameters(
  runtime: Pick<Runtime, 'heap' | 'kernels'>,
  model: Model,
  options: TrainOptions,
  perEpoch: number,
): ParameterGroups {
  const tensorOf = ({ name }: ParameterSpec): Tensor => model.tensors.get(name)!;
  return opened((resources) => {
    const rest = options.restHead ? restHead(model) : null;
    const groups = groupsOf(model.specs.filter(isTrained), options, perEpoch, rest).map((group) => ({
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
      begin: () => rest?.tie(),
      update(learningRate: number, step: number): void {
        rest?.gather();
        for (const { specs, rate, optimizer, steps = Number.POSITIVE_INFINITY } of groups) {
          if (step >= steps) continue;
          optimizer.learningRate = learningRate * rate;
          if (optimizer.learningRate === 0) continue;
          optimizer.steps = step;
          optimizer.step();
          for (const spec of specs) if (spec.role === 'theta') keepAbove(tensorOf(spec).data, SMALLEST_THETA);
        }
        rest?.tie();
      },
    };
  });
}

function optimizerOf(
  runtime: Pick<Runtime, 'heap' | 'kernels'>,
  parameters: readonly Tensor[],
  { kind, weightDecay }: Group,
  { learningRate, momentum, nesterov, muonIterations: iterations, weightNorm }: TrainOptions,
): Optimizer {
  if (kind === 'sgd') return sgd(runtime, parameters, { learningRate, momentum, nesterov, weightDecay });
  if (kind === 'muon')
    return muon(runtime, parameters, { learningRate, momentum, weightDecay, iterations, weightNorm });
  return adamW(runtime, parameters, { learningRate, weightDecay });
}

function keepAbove(values: Floats, least: number): void {
  for (let i = 0; i < values.length; i++) values[i] = Math.max(least, values[i]!);
}
