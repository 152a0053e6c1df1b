/** @file The size of images on the command line: HEIGHTxWIDTHxCHANNELS. */
import { UsageError } from '../../errors.ts';
import { type MapShape, mapSize } from '../../nn/architecture.ts';

/** Numbers of one image: as many as the largest picture that is read has pixels. */
export const MOST_NUMBERS = 67_108_864;

/** @throws UsageError when the words are no HEIGHTxWIDTHxCHANNELS, or of an image beyond MOST_NUMBERS */
export function inputShape(text: string): MapShape {
  const numbers = text.split('x').map(Number);
  if (numbers.length !== 3 || !numbers.every((n) => Number.isInteger(n) && n >= 1))
    throw new UsageError(`--input: expected HEIGHTxWIDTHxCHANNELS, such as 28x28x1, found "${text}"`);
  const shape = numbers as unknown as MapShape;
  if (mapSize(shape) > MOST_NUMBERS)
    throw new UsageError(`--input: expected an image of at most ${MOST_NUMBERS} numbers, found ${text}`);
  return shape;
}

/** The same for an option that may be left out. */
export const inputShapeOrNull = (text: string | null): MapShape | null =>
  text === null ? null : inputShape(text);
