/**
 * @file Early stopping: a training ends when its accuracy has not risen for some epochs, and the best weights are kept.
 */
import type { Model } from '../nn/model.ts';
import type { EpochSummary } from './checkpoint.ts';

/** When to stop a training that no longer improves. */
export interface EarlyStopping {
  /** Epochs without a rise that are waited for. */
  readonly patience: number;
  /** Points of accuracy that count as a rise. Default 0: any. */
  readonly minDelta?: number;
}

export interface Stopping {
  /** Looks at an epoch; true when it is time to end. */
  hasEnough(event: {
    readonly summary: EpochSummary;
    readonly checkpoint: () => { tensors: ReadonlyMap<string, Float32Array<ArrayBufferLike>> };
  }): boolean;
  /** Puts the best weights back into the model. @returns their epoch, or null when no epoch was seen */
  restore(): number | null;
}

/** Weights are those of the model, or their moving average where the training keeps one. */
export function createEarlyStopping({ patience, minDelta = 0 }: EarlyStopping, model: Model): Stopping {
  let best = Number.NEGATIVE_INFINITY;
  let bestEpoch: number | null = null;
  let kept: ReadonlyMap<string, Float32Array<ArrayBufferLike>> = new Map();
  let waited = 0;
  return {
    hasEnough({ summary, checkpoint }) {
      if (summary.testAccuracy > best + (bestEpoch === null ? 0 : minDelta)) {
        best = summary.testAccuracy;
        bestEpoch = summary.epoch;
        kept = checkpoint().tensors;
        waited = 0;
      } else waited++;
      return waited >= patience;
    },
    restore() {
      if (bestEpoch === null) return null;
      for (const [name, tensor] of model.tensors) {
        const found = kept.get(`average.${name}`) ?? kept.get(name);
        if (found) tensor.data.set(found);
      }
      return bestEpoch;
    },
  };
}
