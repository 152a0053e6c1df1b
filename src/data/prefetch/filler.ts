/**
 * @file What the filling thread runs: it fills the slots with the batch that is wanted next and those after it, and sleeps when all
 * are full.
 */
import { mapSize } from '../../nn/architecture.ts';
import { runThread } from '../../platform/threads.ts';
import { type AugmentSpec, createAugment } from '../augment/create-augment.ts';
import { type BatchOptions, createBatches } from '../batches.ts';
import type { Dataset } from '../dataset.ts';
import { CONTROL, ringOn, serialOf } from './ring.ts';

/** What the thread is given at its start; images and ring are shared, everything else is cloned. */
export interface FillerData {
  readonly dataset: Dataset;
  readonly options: Omit<BatchOptions, 'augment'>;
  readonly augment: AugmentSpec;
  readonly ring: SharedArrayBuffer;
  readonly slots: number;
}

runThread((data) => {
  const { dataset, options, augment, ring: memory, slots } = data as FillerData;
  const change = createAugment(augment, dataset);
  const batches = createBatches(dataset, { ...options, ...(change && { augment: change }) });
  const ring = ringOn(memory, slots, options.batchSize * mapSize(dataset.shape), options.batchSize);
  const { control, stamps, counts, pixels, labels } = ring;

  Atomics.store(control, CONTROL.ready, 1n);
  while (Atomics.load(control, CONTROL.leaving) === 0n) {
    const wish = Atomics.load(control, CONTROL.wish);
    let next = wish;
    while (next < wish + BigInt(slots) && Atomics.load(stamps, serialOf(next) % slots) === next) next++;
    if (next === wish + BigInt(slots)) {
      Atomics.wait(control, CONTROL.wish, wish);
      continue;
    }
    const serial = serialOf(next);
    const slot = serial % slots;
    // the slot's old stamp may stay meanwhile: within an era nobody asks for an earlier serial again
    const epoch = Math.floor(serial / batches.perEpoch);
    counts[slot] = batches.fill(epoch, serial % batches.perEpoch, pixels[slot]!, labels[slot]!);
    Atomics.store(stamps, slot, next);
    Atomics.notify(stamps, slot);
  }
});
