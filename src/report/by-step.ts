/**
 * @file Numbers after 1, 2, ... time steps, in the form that result files have them in: an object whose keys are numbers of steps.
 */

/** T -> the value after T steps. */
export type ByStep = Readonly<Record<string, number>>;

/** The same with every list of values after step 1, 2, ... as an object by step. */
export type WithSteps<T> = {
  readonly [K in keyof T]: T[K] extends readonly number[]
    ? ByStep
    : T[K] extends readonly number[] | null
      ? ByStep | null
      : T[K];
};

/**
 * @param value after `step` steps
 * @example
 * byStep([1, 4], (step) => 10 * step); // { 1: 10, 4: 40 }
 */
export function byStep(steps: readonly number[], value: (step: number) => number): ByStep {
  return Object.fromEntries(steps.map((step) => [step, value(step)]));
}

/** The values at some of the steps. */
export const atSteps = (values: ByStep, steps: readonly number[]): ByStep =>
  byStep(steps, (step) => values[step]!);
