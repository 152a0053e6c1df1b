/**
 * @file Batches that a thread of their own shuffles, augments and normalises ahead of time. They are the very bytes that
 * createBatches gives; whatever the thread has not done (not started yet, died) the caller does itself.
 */
import type { Closeable } from '../../memory/closeable.ts';
import { mapSize } from '../../nn/architecture.ts';
import { mayBlock, spawnThread, type Thread } from '../../platform/threads.ts';
import { type AugmentSpec, createAugment } from '../augment/create-augment.ts';
import { type Batches, type BatchOptions, createBatches } from '../batches.ts';
import type { Dataset } from '../dataset.ts';
import { shareImages } from '../share-images.ts';
import type { FillerData } from './filler.ts';
import { FILLER_MODULE } from './filler-module.ts';
import { CONTROL, createRing, type Ring, ringOn, stamp } from './ring.ts';

export interface Prefetched extends Batches, Closeable {
  /** Number of batches that came from the thread so far. */
  readonly ahead: number;
  /** Ends the thread. Batches can still be filled, without it. */
  close(): void;
}

export interface PrefetchOptions {
  /** Number of batches kept ready. Default: 3. */
  readonly slots?: number;
  /** How long a batch that is being filled is waited for before the thread counts as lost. Default: 4,000. */
  readonly patienceMs?: number;
  /** How the thread is started. Default: as the platform does it. */
  readonly spawn?: typeof spawnThread;
}

/**
 * As `createBatches`, with the augmentation given as data. Where threads or shared memory are missing, no thread is used.
 * The caller owns the thread and ends it with `close`.
 * @example
 * const batches = prefetch(dataset, { batchSize: 4, seed: 1, dropLast: true }, { crop: 2 });
 * batches.close();
 */
export function prefetch(
  dataset: Dataset,
  options: Omit<BatchOptions, 'augment'>,
  augment: AugmentSpec = {},
  { slots = 3, patienceMs = 4000, spawn = spawnThread }: PrefetchOptions = {},
): Prefetched {
  const change = createAugment(augment, dataset);
  const batches = createBatches(dataset, { ...options, ...(change && { augment: change }) });
  const values = options.batchSize * mapSize(dataset.shape);
  let thread: Thread | undefined;
  let ring: Ring | undefined;
  let era = 0;
  let next = 0;
  let ahead = 0;

  if (typeof SharedArrayBuffer !== 'undefined' && mayBlock()) {
    const memory = createRing(slots, values, options.batchSize);
    ring = ringOn(memory, slots, values, options.batchSize);
    const data: FillerData = { dataset: shareImages(dataset), options, augment, ring: memory, slots };
    thread = spawn(FILLER_MODULE, data);
    thread.onExit(() => close());
  }

  function close(): void {
    if (ring) {
      Atomics.store(ring.control, CONTROL.leaving, 1n);
      Atomics.notify(ring.control, CONTROL.wish);
    }
    thread?.terminate();
    ring = undefined;
    thread = undefined;
  }

  /** The slot that holds the batch, or undefined when the caller must fill the batch itself. */
  function arrived(from: Ring, serial: number): number | undefined {
    const slot = serial % slots;
    const wanted = stamp(era, serial);
    if (Atomics.load(from.control, CONTROL.ready) === 0n) return undefined;
    for (
      let held = Atomics.load(from.stamps, slot);
      held !== wanted;
      held = Atomics.load(from.stamps, slot)
    ) {
      if (Atomics.wait(from.stamps, slot, held, patienceMs) === 'timed-out') {
        close();
        return undefined;
      }
    }
    return slot;
  }

  function wish(from: Ring, serial: number): void {
    Atomics.store(from.control, CONTROL.wish, stamp(era, serial));
    Atomics.notify(from.control, CONTROL.wish);
  }

  const fill: Batches['fill'] = (epoch, position, pixels, labels) => {
    if (!ring || position >= batches.perEpoch) return batches.fill(epoch, position, pixels, labels);
    const from = ring;
    const serial = epoch * batches.perEpoch + position;
    if (serial !== next) {
      era++;
      wish(from, serial);
    }
    next = serial + 1;
    const slot = arrived(from, serial);
    let count: number;
    if (slot === undefined) count = batches.fill(epoch, position, pixels, labels);
    else {
      count = from.counts[slot]!;
      const used = count * mapSize(dataset.shape);
      pixels.set(from.pixels[slot]!.subarray(0, used));
      labels.set(from.labels[slot]!.subarray(0, count));
      ahead++;
    }
    wish(from, next);
    return count;
  };
  return {
    dataset,
    options: batches.options,
    perEpoch: batches.perEpoch,
    order: (epoch) => batches.order(epoch),
    fill,
    get ahead() {
      return ahead;
    },
    close,
    [Symbol.dispose]: close,
  };
}
