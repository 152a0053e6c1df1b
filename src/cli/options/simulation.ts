/**
 * @file How a simulation is run, and the steps at which it is read off.
 */
import { UsageError } from '../../errors.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { settles } from '../../snn/neuron.ts';
import type { EngineName, Schedule } from '../../snn/simulation.ts';
import { choice, choiceOrNull, integers, type Option } from '../../terminal/options.ts';

export type SimulationOptions = {
  readonly steps: Option<readonly number[]>;
  readonly schedule: Option<Schedule | null>;
  readonly engine: Option<EngineName>;
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
    ['event', 'dense'],
    'event',
    'only spikes travel; or matrix products over every synapse at every step, faster where most neurons spike',
  ),
};

/** @throws UsageError for a neuron that the schedule has no meaning for */
export function resolveSchedule(network: SpikingNetwork, wanted: Schedule | null): Schedule {
  if (wanted === 'settling' && network.neuron === 'full')
    throw new UsageError(
      '--schedule settling rounds, the neuron full truncates; convert with --neuron half or tracer',
    );
  if (wanted === 'settling' && !settles(network.neuron))
    throw new UsageError(
      `--schedule settling is for the neurons half, rest, unipolar and tracer, found ${network.neuron}; use streaming or layered`,
    );
  return wanted ?? (network.neuron === 'tracer' ? 'settling' : 'streaming');
}
