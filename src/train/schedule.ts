/** The learning rate over a run: a straight line up to `rate`, then half a cosine down to 0. Units: steps. */
export interface Schedule {
  readonly rate: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}

/**
 * The rate of step 0, 1, ... totalSteps - 1.
 * @example
 * rateAt({ rate: 1, warmupSteps: 2, totalSteps: 10 }, 0); // 0.5
 */
export function rateAt({ rate, warmupSteps, totalSteps }: Schedule, step: number): number {
  if (step < warmupSteps) return (rate * (step + 1)) / warmupSteps;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return (rate * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2;
}
