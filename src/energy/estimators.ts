/**
 * @file Energy from operation counts, by named estimators. Each prints its source and what it leaves out;
 * figures of different estimators must not be compared with each other.
 */
import type { OperationCounts } from './operations.ts';

export interface Estimator {
  readonly name: string;
  readonly source: string;
  /** What the figure contains and what it does not. */
  readonly boundary: string;
  /** Joule per multiply-accumulate of the ANN; null where the source has no such figure. */
  readonly annMac: number | null;
  /** Joule per multiply-accumulate of the analogue first layer. */
  readonly snnMac: number;
  /** Joule per accumulate: one spike through one synapse. */
  readonly snnAc: number;
}

export interface Energy {
  /** Joule per inference; null where the estimator has no figure for an ANN. */
  readonly annJoule: number | null;
  /** [steps]: Joule per inference that stops after step t = 1, 2, ... */
  readonly snnJoule: readonly number[];
}

const PICO = 1e-12;
const ARITHMETIC =
  'arithmetic of synapses only; no memory traffic, membrane updates, bias additions or control';

export const ESTIMATORS: readonly Estimator[] = [
  {
    name: 'horowitz-fp32',
    source: 'Horowitz, ISSCC 2014, 45 nm: multiply 3.7 pJ, add 0.9 pJ',
    boundary: ARITHMETIC,
    annMac: 4.6 * PICO,
    snnMac: 4.6 * PICO,
    snnAc: 0.9 * PICO,
  },
  {
    name: 'horowitz-int8',
    source: 'Horowitz, ISSCC 2014, 45 nm: 8-bit multiply 0.2 pJ, add 0.03 pJ',
    boundary: `${ARITHMETIC}; supposes 8-bit weights on both sides`,
    annMac: 0.23 * PICO,
    snnMac: 0.23 * PICO,
    snnAc: 0.03 * PICO,
  },
  {
    name: 'rolls',
    source: 'ROLLS, 77 fJ per synaptic operation; the ANN at 12.5 pJ per floating-point operation',
    boundary:
      'one multiply-accumulate counted as 2 floating-point operations, in the analogue first layer too; two different chips',
    annMac: 25 * PICO,
    snnMac: 25 * PICO,
    snnAc: 0.077 * PICO,
  },
  {
    name: 'loihi',
    source: 'Loihi, 23.6 pJ per synaptic event',
    boundary: 'no figure for an ANN; the analogue first layer counted as one event per multiply-accumulate',
    annMac: null,
    snnMac: 23.6 * PICO,
    snnAc: 23.6 * PICO,
  },
  {
    name: 'truenorth',
    source: 'TrueNorth, 26 pJ per synaptic event including static power',
    boundary: 'no figure for an ANN; the analogue first layer counted as one event per multiply-accumulate',
    annMac: null,
    snnMac: 26 * PICO,
    snnAc: 26 * PICO,
  },
];

/** Joule per image. */
export function estimateEnergy(estimator: Estimator, counts: OperationCounts): Energy {
  return {
    annJoule: estimator.annMac === null ? null : estimator.annMac * counts.annMac,
    snnJoule: counts.snnAc.map((ac) => estimator.snnMac * counts.snnMac + estimator.snnAc * ac),
  };
}

/** All estimators by name. */
export function estimateAll(counts: OperationCounts): Record<string, Energy> {
  return Object.fromEntries(
    ESTIMATORS.map((estimator) => [estimator.name, estimateEnergy(estimator, counts)]),
  );
}
