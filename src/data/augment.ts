/**
 * @file What an augmentation is: it changes the bytes of an image, and a random generator decides how.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { Random } from '../random/random.ts';

/** Which image it is, and when it is seen: for what is to differ from epoch to epoch in a planned way. */
export interface Sight {
  /** Of the training. */
  readonly seed: number;
  /** Counts from 0. */
  readonly epoch: number;
  /** In the data set. */
  readonly index: number;
}

/** Changes one image in place; `image` holds height * width * channels bytes, channels last. */
export type Augment = (
  image: Uint8Array<ArrayBufferLike>,
  shape: MapShape,
  random: Random,
  sight?: Sight,
) => void;

/** Augmentations applied one after the other. */
export function sequence(...steps: readonly Augment[]): Augment {
  return (image, shape, random, sight) => {
    for (const step of steps) step(image, shape, random, sight);
  };
}
