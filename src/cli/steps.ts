/**
 * @file The steps at which a simulation is read off.
 */
import type { EngineName, Schedule } from '../snn/simulation.ts';
import { choice, integers, type Option } from './options.ts';

export type SimulationOptions = {
  readonly steps: Option<readonly number[]>;
  readonly schedule: Option<Schedule>;
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
    ['streaming', 'layered', 'settling'],
    'streaming',
    'step by step, layer by layer, or until settled (the exact modes)',
  ),
  engine: choice(['event', 'dense'], 'event', 'only spikes travel, or every synapse at every step'),
};
