/** @file The slope below 0 of a network with tLeakyReLU, which its neurons share. */
import { InputError } from '../errors.ts';
import { activationLayers } from '../nn/activation-layers.ts';
import type { Architecture } from '../nn/architecture.ts';

/** The one slope below 0 of all activations. @throws InputError when there are several, or it is none that a spike has */
export function slopeOf({ layers, name }: Architecture): number {
  const slopes = new Set(activationLayers(layers).map((layer) => layer.leak));
  const [slope] = slopes;
  if (slopes.size === 1 && slope! > 0 && slope! <= 1) return slope!;
  throw new InputError(
    `${name}: expected one slope below 0 in (0, 1] for all activations, found ${[...slopes].join(', ') || 'none'}; train with one`,
  );
}
