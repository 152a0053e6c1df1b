/**
 * @file Parameter updates by SIMD on all workers. p, dp, velocity, first, second: [any], all updated in one pass.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import {
  defineTask,
  type FunctionBuilder,
  f32x4,
  fuses,
  i32,
  type Local,
  ModuleBuilder,
  multiplyAdd,
} from '../assembler/assembler.ts';
import type { Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { chunkSizes, flatPeriod } from '../vector-loops/period.ts';
import { CHUNK, chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';

const splat = (f: FunctionBuilder, value: Local<'f32'>): Local<'v128'> => f.let(f32x4.splat(value));

function optimizerModule(shared: boolean, relaxed: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  for (const nesterov of [false, true]) defineSgd(builder, relaxed, nesterov);
  defineAdam(builder, relaxed);
  return builder.bytes();
}

const SGD = ['p', 'dp', 'velocity', 'learningRate: f32', 'momentum: f32', 'weightDecay: f32'] as const;

function defineSgd(builder: ModuleBuilder, relaxed: boolean, nesterov: boolean): void {
  defineTask(builder, nesterov ? 'sgd nesterov' : 'sgd', [...CHUNK, ...SGD], (f, parameters) => {
    const { p, dp, velocity, learningRate, momentum, weightDecay } = parameters;
    const { from, to } = chunkBounds(f, parameters.task, parameters.total, parameters.chunk);
    const [mu, decay] = [splat(f, momentum), splat(f, weightDecay)];
    const minusRate = f.let(f32x4.neg(f32x4.splat(learningRate)));
    const [value, d, v] = f.locals(3, 'v128');
    periodicLoop(f, from, to, parameters.period, {
      step(access, at) {
        f.set(value, access.load(i32.add(p, at)));
        f.set(d, multiplyAdd(decay, value, access.load(i32.add(dp, at)), relaxed));
        f.set(v, multiplyAdd(mu, access.load(i32.add(velocity, at)), d, relaxed));
        f.do(access.store(i32.add(velocity, at), v));
        const by = nesterov ? multiplyAdd(mu, v, d, relaxed) : v;
        f.do(access.store(i32.add(p, at), multiplyAdd(minusRate, by, value, relaxed)));
      },
    });
  });
}

const ADAM = [
  'p',
  'dp',
  'first',
  'second',
  'rate: f32', // learningRate / (1 - beta1^step)
  'beta1: f32',
  'rest1: f32', // 1 - beta1
  'beta2: f32',
  'rest2: f32',
  'correction: f32', // 1 / (1 - beta2^step)
  'epsilon: f32',
  'decay: f32', // learningRate * weightDecay
] as const;

function defineAdam(builder: ModuleBuilder, relaxed: boolean): void {
  defineTask(builder, 'adam', [...CHUNK, ...ADAM], (f, parameters) => {
    const { p, dp, first, second } = parameters;
    const { from, to } = chunkBounds(f, parameters.task, parameters.total, parameters.chunk);
    const rate = splat(f, parameters.rate);
    const [beta1, rest1] = [splat(f, parameters.beta1), splat(f, parameters.rest1)];
    const [beta2, rest2] = [splat(f, parameters.beta2), splat(f, parameters.rest2)];
    const correction = splat(f, parameters.correction);
    const [epsilon, decay] = [splat(f, parameters.epsilon), splat(f, parameters.decay)];
    const [d, m, v, value] = f.locals(4, 'v128');
    periodicLoop(f, from, to, parameters.period, {
      step(access, at) {
        f.set(d, access.load(i32.add(dp, at)));
        f.set(m, multiplyAdd(beta1, access.load(i32.add(first, at)), f32x4.mul(rest1, d), relaxed));
        const squares = f32x4.mul(rest2, f32x4.mul(d, d));
        f.set(v, multiplyAdd(beta2, access.load(i32.add(second, at)), squares, relaxed));
        f.do(access.store(i32.add(first, at), m));
        f.do(access.store(i32.add(second, at), v));
        const deviation = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction)), epsilon);
        f.set(d, f32x4.div(f32x4.mul(rate, m), deviation));
        f.set(value, access.load(i32.add(p, at)));
        f.do(access.store(i32.add(p, at), f32x4.sub(value, multiplyAdd(decay, value, d, relaxed))));
      },
    });
  });
}

export function createOptimizer(
  arena: Arena,
  team: Team,
  relaxed: boolean = fuses(team),
): Pick<Kernels, 'sgd' | 'adam'> {
  const { heap } = arena;
  const program = team.load(optimizerModule(heap.shared, relaxed));
  return {
    sgd(parameter, dparameter, velocity, options) {
      const { learningRate, momentum, weightDecay, nesterov } = options;
      const period = flatPeriod(parameter.length);
      const buffers = [pointer(heap, parameter), pointer(heap, dparameter), pointer(heap, velocity)];
      const entry = nesterov ? 'sgd nesterov' : 'sgd';
      const args = [...chunkSizes(period), ...buffers, learningRate, momentum, weightDecay];
      runChunks(team, program, entry, period.chunks, args);
    },
    adam(parameter, dparameter, first, second, options) {
      const { learningRate, beta1, beta2, epsilon, weightDecay, step } = options;
      const period = flatPeriod(parameter.length);
      const [p, dp] = [pointer(heap, parameter), pointer(heap, dparameter)];
      const moments = [pointer(heap, first), pointer(heap, second)];
      const corrections = [1 - beta1 ** step, 1 - beta2 ** step] as const;
      const factors = [learningRate / corrections[0], beta1, 1 - beta1, beta2, 1 - beta2, 1 / corrections[1]];
      const args = [
        ...chunkSizes(period),
        p,
        dp,
        ...moments,
        ...factors,
        epsilon,
        learningRate * weightDecay,
      ];
      runChunks(team, program, 'adam', period.chunks, args);
    },
  };
}
