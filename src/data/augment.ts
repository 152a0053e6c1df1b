/**
 * @file What an augmentation is: it changes the bytes of an image, and a random generator decides how.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { Random } from '../random/random.ts';

/** Changes one image in place; `image` holds height * width * channels bytes, channels last. */
export type Augment = (image: Uint8Array<ArrayBufferLike>, shape: MapShape, random: Random) => void;

/** Augmentations applied one after the other. */
export function sequence(...steps: readonly Augment[]): Augment {
  return (image, shape, random) => {
    for (const step of steps) step(image, shape, random);
  };
}
