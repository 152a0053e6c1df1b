/** @file Mean, spread and interval of a few repeated measurements. */

/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom (Student, Biometrika 6, 1908; any table of it). */
const T_QUANTILES: readonly number[] = [
  ...[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228],
  ...[2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086],
  ...[2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042],
];
const NORMAL_QUANTILE = 1.96;

export interface Repeated {
  readonly count: number;
  readonly mean: number;
  /** Standard deviation of one measurement; null: of a single one nothing is known. */
  readonly deviation: number | null;
  /** Half the width of the mean's 95 % interval; null as above. */
  readonly reach: number | null;
}

/**
 * @param values at least one
 * @example
 * repeated([1, 2, 3]).mean; // 2
 * repeated([1, 2, 3]).deviation; // 1
 */
export function repeated(values: readonly number[]): Repeated {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { count, mean, deviation: null, reach: null };
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1));
  const quantile = T_QUANTILES[count - 2] ?? NORMAL_QUANTILE;
  return { count, mean, deviation, reach: (quantile * deviation) / Math.sqrt(count) };
}
