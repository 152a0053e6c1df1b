/** The learning rate over a run: a straight line up to `learningRate`, then half a cosine, or another line, down to 0. Units: steps. */
export interface LearningRateSchedule {
  /** At its peak. */
  readonly learningRate: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
  /** Default: 'cosine'. */
  readonly fall?: 'cosine' | 'linear';
}

/**
 * The learning rate of step 0, 1, ... totalSteps - 1.
 * @example
 * learningRateAt({ learningRate: 1, warmupSteps: 2, totalSteps: 10 }, 0); // 0.5
 */
export function learningRateAt(
  { learningRate, warmupSteps, totalSteps, fall = 'cosine' }: LearningRateSchedule,
  step: number,
): number {
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  if (fall === 'linear') return learningRate * Math.max(0, 1 - progress);
  return (learningRate * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
}
