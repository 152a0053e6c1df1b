/** @file The size of images on the command line: HEIGHTxWIDTHxCHANNELS. */
import { UsageError } from '../../errors.ts';
import type { MapShape } from '../../nn/architecture.ts';

/** @throws UsageError when the words are no HEIGHTxWIDTHxCHANNELS */
export function inputShape(text: string): MapShape {
  const numbers = text.split('x').map(Number);
  if (numbers.length !== 3 || !numbers.every((n) => Number.isInteger(n) && n >= 1))
    throw new UsageError(`--input: expected HEIGHTxWIDTHxCHANNELS, such as 28x28x1, found "${text}"`);
  return numbers as unknown as MapShape;
}

/** The same for an option that may be left out. */
export const inputShapeOrNull = (text: string | null): MapShape | null =>
  text === null ? null : inputShape(text);
