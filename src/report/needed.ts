/**
 * @file The T that a method needs: the first measured T from which on every measured T is within so many points of a
 * target. A T at which the accuracy merely passes by does not count. More than the target counts as within.
 */
import type { Comparison, MeasuredMethod, Needed } from './comparison.ts';
import type { ByStep } from './result.ts';

/** Points below the target. */
export const TOLERANCES: readonly string[] = ['1', '0.5', '0.1'];

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

/** For every tolerance, against a method's own ANN and against the best ANN of the comparison. */
export function neededBy(method: MeasuredMethod, steps: readonly number[], bestAnn: number): Needed {
  const within = (target: number): Record<string, number | null> =>
    Object.fromEntries(
      TOLERANCES.map((points) => [points, stepsNeeded(method.accuracy, steps, target, Number(points))]),
    );
  return { own: within(method.annAccuracy), best: within(bestAnn) };
}

/** The comparison that measured methods make together. */
export function assembleComparison(
  measured: readonly (MeasuredMethod & Pick<Comparison['methods'][number], 'anatomy'>)[],
  rest: Omit<Comparison, 'methods' | 'bestAnn'>,
): Comparison {
  const bestAnn = measured.reduce((best, method) => Math.max(best, method.annAccuracy), 0);
  const methods = measured.map((method) => ({ ...method, needed: neededBy(method, rest.steps, bestAnn) }));
  return { ...rest, methods, bestAnn };
}
