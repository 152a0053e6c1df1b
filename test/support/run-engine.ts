/**
 * @file Runs an engine of src on a random case, with everything recorded; streaming unless told otherwise.
 */
import { simulate } from '../../src/snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../src/snn/simulation.ts';
import type { NetworkCase } from './network-cases.ts';

/** @returns the run with spikes, potentials, currents and counts on record; the engine is the definition unless options say otherwise */
export function runEngine(
  { network, image, steps }: NetworkCase,
  options: Partial<SimulateOptions> = { engine: 'reference' },
): SimulationResult {
  const record = { spikes: true, membrane: true, currents: true, counts: true };
  return simulate(network, image, { steps, record, schedule: 'streaming', ...options });
}

/** The signed counts of every spiking layer, of a run on one image. */
export const countsOf = (result: SimulationResult): number[][] =>
  result.record.slice(0, -1).map(({ counts }) => Array.from(counts!));
