/**
 * @file How many times the steps of the reference a method needs, with both T: a ratio alone would hide them.
 */
import type { Comparison, MethodResult, Needed } from './comparison.ts';

export interface TimeRatio {
  /** T of the method, of the reference; null: not reached within the largest T measured. */
  readonly steps: number | null;
  readonly ours: number | null;
  /** The largest T measured. */
  readonly last: number;
  /** steps / ours; a lower bound, last / ours, where the method did not reach it; null where the reference did not. */
  readonly ratio: number | null;
}

export function timeRatio(
  comparison: Comparison,
  method: MethodResult,
  target: keyof Needed,
  tolerance: string,
): TimeRatio {
  const reference = comparison.methods.find(({ id }) => id === comparison.reference)!;
  const steps = method.needed[target][tolerance] ?? null;
  const ours = reference.needed[target][tolerance] ?? null;
  const last = comparison.steps.at(-1)!;
  return { steps, ours, last, ratio: ours === null ? null : (steps ?? last) / ours };
}
