/** @file Images that are too small for a network: the refusal says the smallest that work. */
import { InputError } from '../errors.ts';
import type { Architecture, MapShape } from './architecture.ts';
import { checkShapes } from './shapes.ts';

/** Larger images than this are not looked at. */
const LARGEST = 1024;

/**
 * The network that `build` makes for images of a shape, checked.
 * @throws InputError when they are too small, with the size of the smallest square ones that are not
 */
export function builtFor(
  input: MapShape,
  name: string,
  build: (input: MapShape) => Architecture,
): Architecture {
  const checked = (shape: MapShape): Architecture => {
    const architecture = build(shape);
    checkShapes(architecture, name);
    return architecture;
  };
  try {
    return checked(input);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'map-too-small') throw error;
    const side = smallestSide((one) => checked([one, one, input[2]]));
    if (side === null) throw error;
    throw new InputError(`${error.message}; the smallest square images that fit are ${side}x${side}`, {
      code: 'map-too-small',
      cause: error,
    });
  }
}

function smallestSide(build: (side: number) => Architecture): number | null {
  for (let side = 1; side <= LARGEST; side++) {
    try {
      build(side);
      return side;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return null;
}
