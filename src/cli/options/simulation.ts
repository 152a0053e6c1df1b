/**
 * @file How a simulation is run, and the steps at which it is read off.
 */
import type { StopRule } from '../../snn/early-stop.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { DEFAULT_ENGINE, requestOf, type SimulationRequest } from '../../snn/request.ts';
import type { EngineName, Schedule } from '../../snn/simulation.ts';
import type { TuningTable } from '../../snn/tuning-table.ts';
import type { CommonOptions } from '../../terminal/common-options.ts';
import { choice, choiceOrNull, integers, type Option, text, type Values } from '../../terminal/options.ts';

export type SimulationOptions = {
  readonly steps: Option<readonly number[]>;
  readonly schedule: Option<Schedule | null>;
  readonly engine: Option<EngineName>;
  readonly tune: Option<string | null>;
};

export const SIMULATION_OPTIONS: SimulationOptions = {
  steps: integers(
    [1, 2, 4, 8],
    'the steps to print; the largest is T, the last to run (JSON has every step)',
    1,
    4096,
  ),
  schedule: choiceOrNull(
    ['streaming', 'layered', 'settling'],
    'streaming; settling for tracer',
    "step by step; each layer over all steps: the same spikes; or the exact mode, where the answer at T is the quantised network's and each T is a run of its own",
  ),
  engine: choice(
    ['events', 'products', 'auto', 'reference'],
    DEFAULT_ENGINE,
    'events: a row of weights is added for each spike; products: matrix products, faster where most neurons spike; auto: for each layer the cheaper of the two, as the first images show; reference: the definition, plain loops over every synapse at every step',
  ),
  tune: text(
    'FILE',
    'of --engine auto, for networks on a grid (convert --grid, simulate --weights int8): time each layer both ways on this machine, in place of fixed prices, and keep the times in FILE for the next run; the answers are the same; a run of few images does not win back the time that this takes',
  ),
};

/**
 * What the library is asked: the options as they were given. What was not given is left to the library.
 * @throws UsageError for options that contradict each other or do not fit the network
 */
export function simulationRequest(
  network: SpikingNetwork,
  { steps, engine, schedule, kernels }: Values<SimulationOptions & Pick<CommonOptions, 'kernels'>>,
  given: ReadonlySet<string>,
  { stop = null, tune = null }: { readonly stop?: StopRule | null; readonly tune?: TuningTable | null } = {},
): SimulationRequest {
  return requestOf(network, {
    steps: steps.at(-1)!,
    engine,
    ...(schedule && { schedule }),
    ...(given.has('kernels') && { kernels }),
    ...(stop && { stop }),
    ...(tune && { tune }),
  });
}
