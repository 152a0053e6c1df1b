/**
 * @file A training run worth repeating, as plain data.
 */

export interface TrainingRecipe {
  /** As `train --recipe` takes it. */
  readonly name: string;
  /** What it is for, in one line. */
  readonly purpose: string;
  readonly seed: number;
  /** By the names of train's options, `true` for a flag; what is left out has that option's default. */
  readonly options: Readonly<Record<string, string | number | true>>;
  /** What came of it; null: not yet run to its end. */
  readonly measured: Measured | null;
}

export interface Measured {
  /** Percent of all test images, after the last epoch, without test-time flip. */
  readonly accuracy: number;
  /** Of training, tests after each epoch included. */
  readonly minutes: number;
  /** Processor and number of threads. */
  readonly machine: string;
}
