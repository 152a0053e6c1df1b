/**
 * @file Everything a run needs to go on as if it had never stopped. Shuffling, augmentation and dropout depend on
 * (seed, step) alone, so the position is a single number.
 */
import { InputError } from '../errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

/** What one epoch came to. */
export interface EpochSummary {
  /** Counts from 1. */
  readonly epoch: number;
  readonly loss: number;
  /** Percent, on the batches as they were trained on. */
  readonly trainAccuracy: number;
  /** Percent, on the test set. */
  readonly testAccuracy: number;
  readonly imagesPerSecond: number;
}

/** Loss, right answers and steps since the epoch began. */
export interface EpochSums {
  readonly loss: number;
  readonly right: number;
  readonly steps: number;
}

export interface Checkpoint {
  /** Steps done. */
  readonly step: number;
  readonly options: TrainOptions;
  readonly curve: readonly EpochSummary[];
  /** Of the epoch under way. */
  readonly sums: EpochSums;
  /** Parameters and running statistics by name, momenta by MOMENT.NAME, averaged weights by average.NAME. */
  readonly tensors: ReadonlyMap<string, Float32Array<ArrayBufferLike>>;
}

/** All tensors that a run carries from step to step, by their names in checkpoints. */
export type TrainState = ReadonlyMap<string, Tensor>;

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

/** @throws InputError when the checkpoint belongs to another model, optimizer or average; nothing is changed then. */
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
