/**
 * @file A simulation's result keys as one line per step of a table.
 */
import type { ByStep, EnergyEstimate } from './result.ts';
import type { NamedRun } from './tables.ts';

/** The estimator that tables quote. */
export const TABLE_ESTIMATOR = 'horowitz-fp32';

/** What is needed of a result. */
export interface RunKeys {
  readonly snn: { readonly accuracy: ByStep };
  readonly spikes: { readonly perNeuron: ByStep };
  readonly operations: { readonly snnAc: ByStep };
  readonly energy: Readonly<Record<string, EnergyEstimate>>;
  readonly latency?: ByStep;
}

/** @param estimator whose energy is quoted */
export function namedRun(name: string, keys: RunKeys, estimator: string = TABLE_ESTIMATOR): NamedRun {
  const { annJoule, snnJoule } = keys.energy[estimator] ?? { annJoule: null, snnJoule: {} };
  return {
    name,
    accuracy: keys.snn.accuracy,
    spikesPerNeuron: keys.spikes.perNeuron,
    operations: keys.operations.snnAc,
    joule: snnJoule,
    energyRatio:
      annJoule === null
        ? {}
        : Object.fromEntries(Object.entries(snnJoule).map(([t, joule]) => [t, joule / annJoule])),
    ...(keys.latency && { latency: keys.latency }),
  };
}
