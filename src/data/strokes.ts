/**
 * @file The embedded data set: digits that this program draws itself, so that a first run needs no download.
 * Synthetic, and always called so: a figure on it says nothing about real handwriting.
 */
import { Random } from '../random/random.ts';
import type { Dataset } from './dataset.ts';
import { drawDigit, emptyDesk, PAGE_SIZE } from './strokes/draw.ts';

/** How many digits to draw, and which: a seed and a split name them. */
export interface StrokesOptions {
  readonly count: number;
  readonly seed: number;
  /** The two are drawn apart from each other. */
  readonly split: 'train' | 'test';
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/**
 * Draws `count` digits, 28 x 28 grey. Image i depends on seed, split and i alone, not on count; images 10k to 10k+9
 * show each digit once, in random order.
 * @example
 * drawStrokes({ count: 20, seed: 1, split: 'train' }).images.length; // 15680
 */
export function drawStrokes(options: StrokesOptions): Dataset {
  const parts = drawingStrokes(options);
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value;
  }
}

/** The same, ten digits at a time: whoever asks may do something else in between. Yields the number of digits that are drawn. */
export function* drawingStrokes(options: StrokesOptions): Generator<number, Dataset, void> {
  const { count, seed, split } = options;
  const size = PAGE_SIZE * PAGE_SIZE;
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  const root = Random.seeded(seed).fork(`strokes ${split}`);
  const [a, b] = root.state;
  const desk = emptyDesk();
  let order: number[] = [];
  for (let i = 0; i < count; i++) {
    const place = i % 10;
    if (place === 0) yield i;
    if (place === 0)
      order = Random.seeded(a ^ Math.imul(i, 0x9e3779b1)).shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const digit = order[place]!;
    labels[i] = digit;
    const random = Random.seeded(b ^ Math.imul(i, 0x85ebca6b));
    drawDigit(images.subarray(i * size, (i + 1) * size), digit, random, desk);
  }
  return {
    name: 'strokes',
    images,
    labels,
    count,
    shape: [PAGE_SIZE, PAGE_SIZE, 1],
    classes: 10,
    classNames: DIGITS,
    mean: [0.1134],
    deviation: [0.233],
    synthetic: true,
  };
}
