/**
 * @file How far a share that was counted can be from the true one (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
 */

/** Standard normal deviation that 95 % of all draws stay within. */
const Z = 1.959964;

/**
 * The 95 % interval of a share, in percent: of all true shares those that would give such a count often enough.
 * @param percent share that was counted
 * @param images of how many
 * @example
 * wilsonInterval(99, 1000).map((bound) => bound.toFixed(2)); // ['98.17', '99.46']
 */
export function wilsonInterval(percent: number, images: number): readonly [low: number, high: number] {
  const p = percent / 100;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * images)) / (1 + z2 / images);
  const reach = (Z / (1 + z2 / images)) * Math.sqrt((p * (1 - p)) / images + z2 / (4 * images * images));
  return [p === 0 ? 0 : 100 * (middle - reach), p === 1 ? 100 : 100 * (middle + reach)];
}

/** "99.65 (99.51 to 99.75)". */
export function withInterval(percent: number, images: number): string {
  const [low, high] = wilsonInterval(percent, images);
  return `${percent.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** "95 % interval 99.51 to 99.75". */
export function intervalWords(percent: number, images: number): string {
  const [low, high] = wilsonInterval(percent, images);
  return `95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`;
}
