/**
 * @file What a simulation is asked, with everything decided that was left open. The library and the command line both ask this
 * page, so that a default is the same in both, and an option that could not be followed is refused in both.
 */
import { UsageError } from '../errors.ts';
import { neverRounds } from './grid.ts';
import type { SpikingNetwork } from './network.ts';
import { NEURONS } from './neurons/index.ts';
import { runsOnSimd } from './neurons/neuron.ts';
import type { EngineName, Schedule, SimulateOptions } from './simulation.ts';

/** Options with nothing left open. */
export interface SimulationRequest extends SimulateOptions {
  readonly engine: EngineName;
  readonly schedule: Schedule;
  readonly kernels: NonNullable<SimulateOptions['kernels']>;
}

export const DEFAULT_ENGINE: EngineName = 'events';

/** What the words of a request may be: programs without types can say others. */
const ENGINES: readonly EngineName[] = ['events', 'products', 'auto', 'reference'];
const SCHEDULES: readonly Schedule[] = ['streaming', 'layered', 'settling'];
const KERNELS: readonly SimulationRequest['kernels'][] = ['simd', 'reference'];

/** The one on the neuron's page: settling, the exact schedule, for a neuron that is made for it; streaming for all others. */
export const defaultSchedule = ({ neuron }: Pick<SpikingNetwork, 'neuron'>): Schedule =>
  neuron.schedule ?? 'streaming';

/**
 * @throws UsageError for T < 1, options that contradict each other, or what the neuron or the network's numbers do not have
 * @example
 * requestOf(snn, { steps: 8 }).schedule; // 'streaming'
 */
export function requestOf(network: SpikingNetwork, options: SimulateOptions): SimulationRequest {
  const { steps, stop, engine = DEFAULT_ENGINE, schedule = defaultSchedule(network) } = options;
  const kernels = options.kernels ?? (engine === 'reference' ? 'reference' : 'simd');
  if (!Number.isInteger(steps) || steps < 1)
    throw new UsageError(`steps: expected a whole number >= 1, found ${steps}`);
  oneOf('engine', ENGINES, engine);
  oneOf('schedule', SCHEDULES, schedule);
  oneOf('kernels', KERNELS, kernels);
  if (engine === 'reference' && kernels === 'simd')
    throw new UsageError(
      'kernels: engine reference is plain loops by definition, found kernels simd; use engine events or products, or leave the kernels out',
    );
  if ((engine === 'products' || engine === 'auto') && kernels === 'reference')
    throw new UsageError(
      `kernels: engine ${engine} has no plain form, found kernels reference; use engine reference, the definition, or engine events`,
    );
  if (options.profile && kernels === 'reference')
    throw new UsageError(
      'profile: SIMD kernels are timed, found plain loops; leave the profile out, or use SIMD kernels',
    );
  if (options.products && engine !== 'auto')
    throw new UsageError(
      `products: layers are chosen for engine auto, found engine ${engine}; use engine auto, or leave them out`,
    );
  if (options.tune && engine !== 'auto')
    throw new UsageError(
      `tune: layers are timed for engine auto, found engine ${engine}; use engine auto, or leave it out`,
      { code: 'tune-no-choice' },
    );
  if (options.tune && kindOf(options.tune) !== 'Map')
    throw new UsageError(
      `tune: expected a Map for the times of layers, found ${kindOf(options.tune)}; give it a new Map()`,
    );
  if (options.tune && !neverRounds(network))
    throw new UsageError(
      `tune: expected a network on a grid, on which no choice changes an answer, found ${network.name} on none; put it on one (quantisedToInt8, exactNetwork), or leave tune out`,
      { code: 'tune-off-grid' },
    );
  if (stop && schedule !== 'streaming')
    throw new UsageError(
      `stop: an image can stop early in schedule streaming only, found ${schedule}; use schedule streaming`,
    );
  const { neuron } = network;
  if (schedule === 'settling' && !neuron.settling)
    throw new UsageError(
      `schedule: settling is for neurons that round (${roundingNeurons()}), found ${neuron.name}; use schedule streaming or layered`,
      { code: 'settling-unfit' },
    );
  if (engine === 'products' && !runsOnSimd(neuron, schedule))
    throw new UsageError(
      `engine: products is for neurons with a SIMD mode, found ${neuron.name}, whose page names none for schedule ${schedule}; use engine events, which then runs in plain loops, or reference`,
    );
  if (options.tune && !runsOnSimd(neuron, schedule))
    throw new UsageError(
      `tune: SIMD kernels are timed, found ${neuron.name}, which has no SIMD mode for schedule ${schedule}; leave it out`,
    );
  return { ...options, engine, schedule, kernels };
}

/** What a value is, also one of another realm: 'Map', 'Float32Array'. */
export const kindOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** @throws UsageError for a word that is none of these */
function oneOf(name: string, words: readonly string[], found: string): void {
  if (!words.includes(found))
    throw new UsageError(`${name}: expected one of ${words.join(', ')}, found ${found}`);
}

const roundingNeurons = (): string =>
  NEURONS.filter(({ settling }) => settling)
    .map(({ name }) => name)
    .join(', ');
