/**
 * @file Named estimators: what one operation costs, by whom, and what that figure leaves out. Figures of different estimators
 * must not be compared with each other.
 */
import { UsageError } from '../errors.ts';

/**
 * What operations cost. One of one's own works wherever strelu's do.
 * @example
 * const mine = { name: 'mine', source: 'a chip', boundary: 'synapses', annMac: 3, snnMac: 3, snnAc: 1, membraneAdd: null };
 * breakEven(mine); // 3
 */
export interface Estimator {
  readonly name: string;
  /** Where the figures were published. */
  readonly source: string;
  /** What the figure contains and what it does not. */
  readonly boundary: string;
  /** Joule per multiply-accumulate of the ANN; null where the source has no such figure. */
  readonly annMac: number | null;
  /** Joule per multiply-accumulate of the analogue first layer. */
  readonly snnMac: number;
  /** Joule per accumulate: one spike through one synapse. */
  readonly snnAc: number;
  /** Joule per addition to a membrane potential (its update, or its constant current); null where there is no such figure. */
  readonly membraneAdd: number | null;
}

const PICO = 1e-12;
const ARITHMETIC =
  'arithmetic of synapses only; membrane updates and constant currents separately; no memory traffic or control';
const CHIP =
  'whatever a synaptic event costs on that chip, its neurons included as far as the source counts them';

/**
 * All estimators, the usual one first.
 * @example
 * ESTIMATORS.map(({ name }) => name); // ['horowitz-fp32', 'horowitz-int8', 'rolls', 'loihi', 'truenorth']
 */
export const ESTIMATORS: readonly Estimator[] = [
  {
    name: 'horowitz-fp32',
    source: 'Horowitz, ISSCC 2014, 45 nm: multiply 3.7 pJ, add 0.9 pJ',
    boundary: ARITHMETIC,
    annMac: 4.6 * PICO,
    snnMac: 4.6 * PICO,
    snnAc: 0.9 * PICO,
    membraneAdd: 0.9 * PICO,
  },
  {
    name: 'horowitz-int8',
    source: 'Horowitz, ISSCC 2014, 45 nm: 8-bit multiply 0.2 pJ, add 0.03 pJ',
    boundary: `${ARITHMETIC}; supposes 8-bit weights on both sides, and sums no wider`,
    annMac: 0.23 * PICO,
    snnMac: 0.23 * PICO,
    snnAc: 0.03 * PICO,
    membraneAdd: 0.03 * PICO,
  },
  {
    name: 'rolls',
    source: 'ROLLS, 77 fJ per synaptic operation; the ANN at 12.5 pJ per floating-point operation',
    boundary: `${CHIP}; one multiply-accumulate counted as 2 floating-point operations, in the analogue first layer too; two different chips`,
    annMac: 25 * PICO,
    snnMac: 25 * PICO,
    snnAc: 0.077 * PICO,
    membraneAdd: null,
  },
  {
    name: 'loihi',
    source: 'Loihi, 23.6 pJ per synaptic event',
    boundary: `${CHIP}; no figure for an ANN; the analogue first layer counted as one event per multiply-accumulate`,
    annMac: null,
    snnMac: 23.6 * PICO,
    snnAc: 23.6 * PICO,
    membraneAdd: null,
  },
  {
    name: 'truenorth',
    source: 'TrueNorth, 26 pJ per synaptic event including static power',
    boundary: `${CHIP}; no figure for an ANN; the analogue first layer counted as one event per multiply-accumulate`,
    annMac: null,
    snnMac: 26 * PICO,
    snnAc: 26 * PICO,
    membraneAdd: null,
  },
];

/** @throws UsageError that lists the names */
export function estimatorNamed(name: string): Estimator {
  const estimator = ESTIMATORS.find((candidate) => candidate.name === name);
  if (estimator) return estimator;
  const names = ESTIMATORS.map((candidate) => candidate.name).join(', ');
  throw new UsageError(`energy: expected one of ${names}, found ${name}`);
}
