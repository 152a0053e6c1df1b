import type { AnatomisedContender, Comparison } from './comparison.ts';
import { neededBy } from './steps-needed.ts';

/** The comparison that measured contenders make together: the best of their ANNs, and the T that each needs. */
export function assembleComparison(
  measured: readonly AnatomisedContender[],
  rest: Omit<Comparison, 'contenders' | 'bestAnn'>,
): Comparison {
  const bestAnn = measured.reduce((best, contender) => Math.max(best, contender.annAccuracy), 0);
  const contenders = measured.map((contender) => ({
    ...contender,
    needed: neededBy(contender, rest.steps, bestAnn),
  }));
  return { ...rest, contenders, bestAnn };
}
