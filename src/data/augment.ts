/**
 * @file What an augmentation is: bytes in, bytes out, and a generator that decides everything.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { Random } from '../random/random.ts';

/** Changes one image in place; `image` holds height * width * channels bytes, channels last. */
export type Augment = (image: Uint8Array<ArrayBufferLike>, shape: MapShape, random: Random) => void;

/** One after the other. */
export function sequence(...steps: readonly Augment[]): Augment {
  return (image, shape, random) => {
    for (const step of steps) step(image, shape, random);
  };
}
