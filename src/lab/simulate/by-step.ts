/** @file Numbers by step, the form that result files have them in. */
import type { ByStep } from '../../report/result.ts';

/** The value after step t is at index t - 1. */
export function byStep(values: ArrayLike<number>): ByStep {
  return Object.fromEntries(Array.from(values, (value, t) => [t + 1, value]));
}

/** Settling runs: of each only its last step counts. */
export function lastSteps<T>(
  runs: readonly { readonly steps: number; readonly keys: T }[],
  values: (keys: T) => ByStep,
): ByStep {
  return Object.fromEntries(runs.map(({ steps, keys }) => [steps, values(keys)[steps]!]));
}
