/**
 * Images whose class is another in `a` than in `b`.
 * @param a class of each image
 * @param b of the same images; more than `a` has are not looked at
 * @example
 * differingClasses([1, 2, 3], [1, 0, 0]); // 2
 */
export function differingClasses(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count;
}
