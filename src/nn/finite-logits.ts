import { InputError } from '../errors.ts';

/**
 * A network that overflows has no classes: a comparison with NaN is always false, and the first class would win.
 * @param name of the network
 * @param logits `[..., images, classes]`
 * @param images how many in a row, before the next time step; default: all are images
 * @param first number of the first image
 * @throws InputError naming the image and the class
 */
export function refuseNonFiniteLogits(
  name: string,
  logits: ArrayLike<number>,
  classes: number,
  images: number = logits.length / classes,
  first = 0,
): void {
  for (let i = 0; i < logits.length; i++) {
    if (Number.isFinite(logits[i])) continue;
    throw new InputError(
      `${name}: expected finite logits, found ${logits[i]} for class ${i % classes} of image ${first + (Math.floor(i / classes) % images)}: the network overflows; train it again with a lower learning rate`,
    );
  }
}
