/**
 * @file The steps at which a simulation is read off.
 */
import type { EngineName, Schedule } from '../snn/simulation.ts';
import { choice, integers, type Option } from './options.ts';

export type SimulationOptions = {
  readonly steps: Option<readonly number[]>;
  readonly schedule: Option<Exclude<Schedule, 'settling'>>;
  readonly engine: Option<EngineName>;
};

export const SIMULATION_OPTIONS: SimulationOptions = {
  steps: integers(
    [1, 2, 4, 8],
    'the steps to print; the largest is T, the last to run (JSON has every step)',
    1,
    4096,
  ),
  schedule: choice(
    ['streaming', 'layered'],
    'streaming',
    'step by step, or each layer over all steps: the same spikes',
  ),
  engine: choice(['event', 'dense'], 'event', 'only spikes travel, or every synapse at every step'),
};
