/**
 * @file Loss, accuracy and speed of the epoch under way.
 */
import type { EpochSums } from './checkpoint.ts';
import type { StepResult } from './train-step.ts';

/** Means since the epoch began. */
export interface EpochMeans {
  readonly loss: number;
  /** Percent. */
  readonly trainAccuracy: number;
  /** Over the steps of this process; those before a resumed run's checkpoint do not count. */
  readonly imagesPerSecond: number;
}

export interface EpochMeter {
  /** What a checkpoint keeps of the epoch. */
  readonly sums: EpochSums;
  /** Of the epoch so far. */
  readonly means: EpochMeans;
  /** A new epoch begins. */
  restart(): void;
  /** Takes in one step. */
  add(result: StepResult): void;
}

const NOTHING: EpochSums = { loss: 0, right: 0, steps: 0 };

/** @param sums of the epoch that a resumed run is in */
export function createEpochMeter(batchSize: number, sums: EpochSums = NOTHING): EpochMeter {
  let timed = 0;
  let start = performance.now();
  return {
    get sums() {
      return sums;
    },
    get means() {
      return {
        loss: sums.loss / sums.steps,
        trainAccuracy: (100 * sums.right) / (sums.steps * batchSize),
        imagesPerSecond: (timed * batchSize * 1000) / (performance.now() - start),
      };
    },
    restart() {
      sums = NOTHING;
      timed = 0;
      start = performance.now();
    },
    add({ loss, right }) {
      sums = { loss: sums.loss + loss, right: sums.right + right, steps: sums.steps + 1 };
      timed++;
    },
  };
}
