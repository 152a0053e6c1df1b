/**
 * @file Shuffled, normalised batches. Batch b of epoch e is a pure function of (seed, e, b): a run that was killed
 * resumes with the very bytes that it would have seen.
 */
import { InputError } from '../errors.ts';
import type { Labels } from '../kernels/kernels.ts';
import { mapSize } from '../nn/architecture.ts';
import { Random } from '../random/random.ts';
import type { Augment } from './augment.ts';
import type { Dataset } from './dataset.ts';
import { normalisation, normalise } from './normalise.ts';

/** How a data set is cut into mini-batches. */
export interface BatchOptions {
  /** Images in a mini-batch. */
  readonly batchSize: number;
  readonly seed: number;
  /** False: images come in the data set's order. Default: true. */
  readonly shuffle?: boolean;
  /** True: the last mini-batch of an epoch is left out when it is not full. Default: false. */
  readonly dropLast?: boolean;
  /** Applied to every image, with a generator seeded by (seed, epoch, index in the data set). Default: none. */
  readonly augment?: Augment;
}

/** The mini-batches of a data set. */
export interface Batches {
  readonly dataset: Dataset;
  readonly options: BatchOptions;
  /** Batches in an epoch. */
  readonly perEpoch: number;
  /** The images of an epoch in the order in which they are seen. */
  order(epoch: number): Uint32Array;
  /**
   * Fills batch `position` (0 .. perEpoch-1) of an epoch.
   * @param pixels [batchSize, height, width, channels]: (value/255 - mean) / deviation
   * @param labels [batchSize]; a Uint16Array where there are more than 256 classes
   * @returns how many images were filled; below `batchSize` only in the last batch
   */
  fill(epoch: number, position: number, pixels: Float32Array<ArrayBufferLike>, labels: Labels): number;
}

/** The random generator of one image in one epoch. */
export function imageRandom(seed: number, epoch: number, index: number): Random {
  return Random.seeded(seed ^ Math.imul(epoch + 1, 0x9e3779b1)).fork(`image ${index}`);
}

/**
 * A data set in mini-batches: shuffled by epoch, augmented and normalised as they are filled.
 * @throws InputError when batchSize is no positive integer, or more than the images with `dropLast`
 * @example
 * const batches = createBatches(drawStrokes({ count: 100, seed: 1, split: 'train' }), { batchSize: 32, seed: 1 });
 * batches.perEpoch; // 4
 */
export function createBatches(dataset: Dataset, options: BatchOptions): Batches {
  const { batchSize, seed, shuffle = true, dropLast = false, augment } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new InputError(`batches: expected a positive integer batchSize, found ${batchSize}`);
  if (dropLast && dataset.count < batchSize) {
    throw new InputError(
      `batches: expected a batchSize of at most the ${dataset.count} images of ${dataset.name}, found ${batchSize}; use a smaller one`,
      { code: 'batch-too-large' },
    );
  }
  const { shape, images, labels: classes } = dataset;
  const bytes = mapSize(shape);
  const table = normalisation(dataset);
  const scratch = new Uint8Array(bytes);
  const perEpoch = dropLast ? Math.floor(dataset.count / batchSize) : Math.ceil(dataset.count / batchSize);
  let cached: { epoch: number; order: Uint32Array } | undefined;

  function order(epoch: number): Uint32Array {
    if (cached?.epoch === epoch) return cached.order;
    const indices = Uint32Array.from({ length: dataset.count }, (_, i) => i);
    if (shuffle) Random.seeded(seed).fork(`epoch ${epoch}`).shuffle(indices);
    cached = { epoch, order: indices };
    return indices;
  }

  function fill(
    epoch: number,
    position: number,
    pixels: Float32Array<ArrayBufferLike>,
    labels: Labels,
  ): number {
    if (!Number.isInteger(position) || position < 0 || position >= perEpoch) {
      throw new RangeError(`batch ${position} of ${perEpoch}`);
    }
    if (dataset.classes > 256 && labels instanceof Uint8Array)
      throw new RangeError(`labels of ${dataset.classes} classes need a Uint16Array, got a Uint8Array`);
    const indices = order(epoch).subarray(position * batchSize, (position + 1) * batchSize);
    if (pixels.length < indices.length * bytes || labels.length < indices.length) {
      throw new RangeError(
        `batch of ${indices.length} images needs ${indices.length * bytes} values, got ${pixels.length}`,
      );
    }
    for (let k = 0; k < indices.length; k++) {
      const index = indices[k]!;
      labels[k] = classes[index]!;
      let image = images.subarray(index * bytes, (index + 1) * bytes);
      if (augment) {
        scratch.set(image);
        augment(scratch, shape, imageRandom(seed, epoch, index), { seed, epoch, index });
        image = scratch;
      }
      normalise(image, shape[2], table, pixels, k * bytes);
    }
    return indices.length;
  }
  return { dataset, options, perEpoch, order, fill };
}
