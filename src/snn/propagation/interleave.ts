/** @file Values of several images side by side, as the kernel reads them. */

/** Puts value j of image i at j * width + i; places of images that are not there keep what they have. */
export function interleave(
  images: readonly ArrayLike<number>[],
  into: Float64Array<ArrayBufferLike> | Float32Array<ArrayBufferLike>,
  width: number,
): void {
  images.forEach((values, i) => {
    for (let j = 0, at = i; j < values.length; j++, at += width) into[at] = values[j]!;
  });
}

/** A sum of -0 becomes 0 when 0 is added to it; no other number changes then. */
export function holdsNegativeZero(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] === 0 && Object.is(numbers[i], -0)) return true;
  return false;
}
