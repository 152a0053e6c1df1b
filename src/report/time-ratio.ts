/**
 * @file How many times the steps of the baseline a contender needs, with both T: a ratio alone would hide them.
 */
import type { Comparison, ContenderResult, Needed } from './comparison.ts';

export interface TimeRatio {
  /** T of the contender, of the baseline; null: not reached within the largest T measured. */
  readonly steps: number | null;
  readonly ours: number | null;
  /** The largest T measured. */
  readonly last: number;
  /** steps / ours; a lower bound, last / ours, where the contender did not reach it; null where the baseline did not. */
  readonly ratio: number | null;
}

export function timeRatio(
  comparison: Comparison,
  contender: ContenderResult,
  target: keyof Needed,
  tolerance: string,
): TimeRatio {
  const baseline = comparison.contenders.find(({ id }) => id === comparison.baseline)!;
  const steps = contender.needed[target][tolerance] ?? null;
  const ours = baseline.needed[target][tolerance] ?? null;
  const last = comparison.steps.at(-1)!;
  return { steps, ours, last, ratio: ours === null ? null : (steps ?? last) / ours };
}
