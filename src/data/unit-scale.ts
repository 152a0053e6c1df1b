/** @file Mean and deviation are of value / 255: numbers above 1 count pixels from 0 to 255, and would make every image one grey. */

/**
 * What is wrong with the mean or the deviation of images, and what would be right; null: nothing.
 * @example
 * beyondUnitScale([33.3]); // 'expected numbers for values from 0 to 1, found 33.3; divide it by 255: 0.13059'
 */
export function beyondUnitScale(values: readonly number[]): string | null {
  if (values.every((value) => value <= 1)) return null;
  const divided = values.map((value) => String(Number((value / 255).toPrecision(5))));
  return `expected numbers for values from 0 to 1, found ${values.join(', ')}; divide ${values.length === 1 ? 'it' : 'them'} by 255: ${divided.join(',')}`;
}
