/**
 * @file Everything that a run needs to resume as if it had never stopped. Shuffling, augmentation and dropout depend on
 * (seed, step) alone, so its position is a single number.
 */
import { InputError } from '../errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** Results of one epoch. */
export interface EpochSummary {
  /** Counts from 1. */
  readonly epoch: number;
  /** The mean over the mini-batches of the epoch. */
  readonly loss: number;
  /** Percent, on the mini-batches as they were trained on. */
  readonly trainAccuracy: number;
  /** Percent, on the test set. */
  readonly testAccuracy: number;
  readonly imagesPerSecond: number;
}

/** Sums of the loss and of right answers since the epoch began, and the number of steps. */
export interface EpochSums {
  readonly loss: number;
  readonly right: number;
  readonly steps: number;
}

/** A run at one of its steps, as plain data: `train(..., resume)` resumes from it, to the same bits. */
export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  /** Those of the run: it resumes with no others. */
  readonly options: TrainOptions;
  /** The epochs that are done. */
  readonly curve: readonly EpochSummary[];
  /** Sums over the epoch under way. */
  readonly sums: EpochSums;
  /**
   * Parameters and running statistics by name, moments by MOMENT.NAME, averaged weights by average.NAME, the values that thetas
   * are annealed to by final.NAME.
   */
  readonly tensors: ReadonlyMap<string, Float32Array<ArrayBufferLike>>;
}

/** All tensors that a run carries from step to step, by their names in its checkpoints. */
export type TrainState = ReadonlyMap<string, Tensor>;

/** A copy of the run as it is after `step` steps. */
export function takeCheckpoint(
  state: TrainState,
  step: number,
  options: TrainOptions,
  curve: readonly EpochSummary[],
  sums: EpochSums,
): Checkpoint {
  const tensors = new Map([...state].map(([name, tensor]) => [name, Float32Array.from(tensor.data)]));
  return { step, options, curve: [...curve], sums, tensors };
}

/**
 * Writes the tensors of a checkpoint into those of a run.
 * @throws InputError when the checkpoint belongs to another model, optimizer or average; nothing is changed then
 */
export function restoreCheckpoint(checkpoint: Checkpoint, state: TrainState): void {
  for (const [name, tensor] of state) {
    const found = checkpoint.tensors.get(name)?.length;
    if (found !== tensor.size) {
      throw new InputError(
        `checkpoint: tensor ${name} should have ${tensor.size} values, found ${found ?? 'none'}; resume with the options of the first run`,
      );
    }
  }
  for (const name of checkpoint.tensors.keys()) {
    if (!state.has(name))
      throw new InputError(
        `checkpoint: tensor ${name} belongs to no part of this run; resume with the options of the first run`,
      );
  }
  for (const [name, tensor] of state) tensor.data.set(checkpoint.tensors.get(name)!);
}
