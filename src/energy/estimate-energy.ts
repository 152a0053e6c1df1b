/**
 * @file The energy of an inference: what was counted, times what an estimator says an operation costs.
 */
import type { OperationCounts } from './count-operations.ts';
import { ESTIMATORS, type Estimator } from './estimators.ts';

/** Joule per image, by one estimator. */
export interface Energy {
  /** null where the estimator has no figure for an ANN. */
  readonly annJoule: number | null;
  /** `[steps]`: of an inference that stops after step t = 1, 2, ... */
  readonly snnJoule: readonly number[];
  /** Separately, not in snnJoule: one addition for each membrane update, and one for each constant current. */
  readonly membraneJoule: readonly number[] | null;
  readonly constantJoule: readonly number[] | null;
}

/**
 * What one image costs, by one estimator.
 * @returns joule; null where the estimator has no figure
 * @example
 * const [horowitz] = ESTIMATORS;
 * const { annJoule, snnJoule } = estimateEnergy(horowitz, countOperations(snn, result));
 * snnJoule.at(-1) / annJoule; // the share of the ANN's energy that the spiking network needs for T steps
 */
export function estimateEnergy(estimator: Estimator, counts: OperationCounts): Energy {
  return {
    annJoule: estimator.annMac === null ? null : estimator.annMac * counts.annMac,
    snnJoule: counts.snnAc.map((ac) => estimator.snnMac * counts.snnMac + estimator.snnAc * ac),
    membraneJoule: additions(estimator, counts.membraneUpdates),
    constantJoule: additions(estimator, counts.constantAdds),
  };
}

function additions({ membraneAdd }: Estimator, counts: readonly number[]): number[] | null {
  return membraneAdd === null ? null : counts.map((count) => membraneAdd * count);
}

/**
 * How many accumulates for each multiply-accumulate, after the first layer, make SNN and ANN cost the same. Where nothing is
 * pooled that is a number of spikes per neuron and inference. null where the estimator has no figure for an ANN.
 * @example
 * breakEven(ESTIMATORS[0]).toFixed(2); // '5.11'
 */
export function breakEven({ annMac, snnAc }: Estimator): number | null {
  return annMac === null ? null : annMac / snnAc;
}

/** The same by every estimator, under its name. */
export function estimateAll(counts: OperationCounts): Record<string, Energy> {
  return Object.fromEntries(
    ESTIMATORS.map((estimator) => [estimator.name, estimateEnergy(estimator, counts)]),
  );
}
