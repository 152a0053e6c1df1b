/** @file The training grids of a network's activations one by one, as options and files write them: 4,4,2. */
import { UsageError } from '../../errors.ts';

/**
 * @throws UsageError that says what was expected
 * @example
 * parseLevels('4,2,2'); // [4, 2, 2]
 */
export function parseLevels(text: string): number[] {
  const found = text.split(',').map((part) => (/^\d{1,3}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (found.every((levels) => levels <= 256)) return found;
  throw new UsageError(`expected whole numbers from 0 to 256 with commas between them, found "${text}"`);
}
