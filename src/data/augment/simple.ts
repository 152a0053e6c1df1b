/**
 * @file The common augmentations: random crop of the padded image, translation, flips, Cutout.
 */
import { Random } from '../../random/random.ts';
import type { Augment } from '../augment.ts';
import { type Fill, flip, reflectedShift, shift } from './geometry.ts';

/** Pads by `padding` pixels of `fill` on each side and cuts the original size out at random: (2 padding + 1)^2 places. */
export function randomCrop(padding: number, fill: Fill): Augment {
  return (image, shape, random) => {
    const down = random.integer(2 * padding + 1) - padding;
    const right = random.integer(2 * padding + 1) - padding;
    shift(image, shape, down, right, fill);
  };
}

/** Moves by up to `reach` pixels in each direction, (2 reach + 1)^2 places; the border is reflected, its outermost pixels not repeated. */
export function randomTranslation(reach: number): Augment {
  return (image, shape, random) => {
    const down = random.integer(2 * reach + 1) - reach;
    const right = random.integer(2 * reach + 1) - reach;
    reflectedShift(image, shape, down, right);
  };
}

/**
 * A coin decides for each image whether it is mirrored in the first epoch; from then on it is mirrored in every other one. So each two
 * epochs show every image from both sides once, and none twice from the same (K. Jordan, arXiv:2404.00498).
 */
export function alternatingFlip(): Augment {
  return (image, shape, _, sight) => {
    if (!sight)
      throw new Error('alternating flip: expected the epoch and the number of the image, found none');
    const { seed, epoch, index } = sight;
    const first = Random.seeded(seed).fork(`side ${index}`).integer(2);
    if ((first + epoch) % 2 === 1) flip(image, shape);
  };
}

/** Mirrors every second image, on average. */
export function randomFlip(): Augment {
  return (image, shape, random) => {
    if (random.integer(2) === 1) flip(image, shape);
  };
}

/**
 * Covers a square of `size` pixels by `fill`; its centre is any pixel, so that a part may lie outside
 * (DeVries and Taylor, arXiv:1708.04552).
 */
export function cutout(size: number, fill: Fill): Augment {
  return (image, [height, width, channels], random) => {
    const top = random.integer(height) - (size >> 1);
    const left = random.integer(width) - (size >> 1);
    for (let y = Math.max(0, top); y < Math.min(height, top + size); y++) {
      for (let x = Math.max(0, left); x < Math.min(width, left + size); x++) {
        for (let c = 0; c < channels; c++) image[(y * width + x) * channels + c] = fill[c]!;
      }
    }
  };
}
