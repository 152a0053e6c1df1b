/** @file Layers that calibration images say no threshold for: one that is silent, and one whose numbers overflow. */
import { InputError } from '../errors.ts';

/**
 * @param largest what the images made of it at most, 0 or less
 * @param signal what it is, "activation" or "current"
 */
export function silentLayer(layer: string, signal: string, largest: number): InputError {
  return new InputError(
    `${layer}: expected ${signal}s > 0 on some calibration image, found ${largest} at most: its neurons are dead, no threshold revives them; train again at a lower learning rate or from another seed, and only if it is a rare feature use more images`,
    { code: 'layer-dead' },
  );
}

/** @param found the number that is not finite */
export function overflowingLayer(layer: string, signal: string, found: number): InputError {
  return new InputError(
    `${layer}: expected finite ${signal}s on calibration images, found ${found}: the network overflows; train again at a lower learning rate`,
    { code: 'layer-overflows' },
  );
}
