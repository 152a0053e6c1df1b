/**
 * @file The T that a contender needs: the first measured T from which on every measured T is within a tolerance of a target.
 * A T at which the accuracy merely passes by does not count. More than the target counts as within.
 */

import type { ByStep } from './by-step.ts';
import type { MeasuredContender, Needed } from './comparison.ts';

/** Points below the target. */
export const TOLERANCES: readonly string[] = ['1', '0.5', '0.1'];

/** The one that verdicts, costs and pages are about. */
export const TOLERANCE = '0.5';

/** Percentages of whole images differ by far more; this only absorbs the rounding of a subtraction. */
const ROUNDING = 1e-9;

/**
 * @param accuracy percent, by T
 * @param steps the measured T, in rising order
 * @returns null when even the last T is not within
 * @example
 * stepsNeeded({ 1: 90, 2: 98, 4: 97, 8: 98 }, [1, 2, 4, 8], 98, 0.5); // 8
 */
export function stepsNeeded(
  accuracy: ByStep,
  steps: readonly number[],
  target: number,
  tolerance: number,
): number | null {
  let needed: number | null = null;
  for (const t of steps.toReversed()) {
    if (!(accuracy[t]! + tolerance >= target - ROUNDING)) break;
    needed = t;
  }
  return needed;
}

/** For every tolerance, against a contender's own ANN and against the best ANN of the comparison. */
export function neededBy(contender: MeasuredContender, steps: readonly number[], bestAnn: number): Needed {
  const within = (target: number): Record<string, number | null> =>
    Object.fromEntries(
      TOLERANCES.map((points) => [points, stepsNeeded(contender.accuracy, steps, target, Number(points))]),
    );
  return { own: within(contender.annAccuracy), best: within(bestAnn) };
}
