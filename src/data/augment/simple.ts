/**
 * @file The three common augmentations: random crop of the padded image, random flip, Cutout.
 */
import type { Augment } from '../augment.ts';
import { type Fill, flip, shift } from './geometry.ts';

/** Pads by `padding` pixels of `fill` on each side and cuts the original size out at random: (2 padding + 1)^2 places. */
export function randomCrop(padding: number, fill: Fill): Augment {
  return (image, shape, random) => {
    const down = random.integer(2 * padding + 1) - padding;
    const right = random.integer(2 * padding + 1) - padding;
    shift(image, shape, down, right, fill);
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
