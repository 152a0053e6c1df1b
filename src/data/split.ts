/**
 * @file One set of images as training and test images: of every class the same share, drawn by a seed. The same seed and the same
 * files give the same split, whatever is asked of it.
 */
import { InputError } from '../errors.ts';
import { Random } from '../random/random.ts';

/** A share of the images to train with, and the seed that draws them. */
export interface SplitBySeed {
  /** Above 0 and below 1. */
  readonly share: number;
  readonly seed: number;
}

/**
 * Indices of the training and of the test images, each in rising order. Of every class at least one is in either.
 * @param classOf the class of each image
 * @param nameOf what to call a class in an error
 * @throws InputError when a class has fewer than two images
 * @example
 * splitBySeed([0, 0, 0, 0, 1, 1], { share: 0.75, seed: 1 }, String).test.length; // 2
 */
export function splitBySeed(
  classOf: ArrayLike<number>,
  { share, seed }: SplitBySeed,
  nameOf: (label: number) => string,
): { readonly train: number[]; readonly test: number[] } {
  const members = new Map<number, number[]>();
  for (let i = 0; i < classOf.length; i++) {
    const own = members.get(classOf[i]!);
    if (own) own.push(i);
    else members.set(classOf[i]!, [i]);
  }
  const train: number[] = [];
  const test: number[] = [];
  const root = Random.seeded(seed).fork('split');
  for (const [label, own] of [...members].sort(([a], [b]) => a - b)) {
    if (own.length < 2)
      throw new InputError(
        `${nameOf(label)}: expected at least 2 images to split, found ${own.length}; add some, or remove the class`,
      );
    const drawn = root.fork(`class ${label}`).shuffle([...own]);
    const most = Math.max(1, Math.min(own.length - 1, Math.round(share * own.length)));
    train.push(...drawn.slice(0, most));
    test.push(...drawn.slice(most));
  }
  const rising = (a: number, b: number): number => a - b;
  return { train: train.sort(rising), test: test.sort(rising) };
}
