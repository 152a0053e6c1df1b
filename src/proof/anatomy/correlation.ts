/** @file Pearson's correlation of two quantities. */

/** Sums over pairs: how many they are, and of x, y, x^2, y^2 and xy. */
export type CorrelationSums = Record<'n' | 'x' | 'y' | 'xx' | 'yy' | 'xy', number>;

/** Adds up pairs of numbers without keeping them. */
export class Correlation {
  readonly sums: CorrelationSums;

  /** @param sums to go on from. Default: of no pair */
  constructor(sums: CorrelationSums = { n: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 }) {
    this.sums = sums;
  }

  /** Each x with its y. */
  addAll(xs: ArrayLike<number>, ys: ArrayLike<number>): void {
    let { n, x, y, xx, yy, xy } = this.sums;
    for (let i = 0; i < xs.length; i++) {
      const a = xs[i]!;
      const b = ys[i]!;
      x += a;
      y += b;
      xx += a * a;
      yy += b * b;
      xy += a * b;
    }
    n += xs.length;
    Object.assign(this.sums, { n, x, y, xx, yy, xy });
  }

  /** The correlation so far; 1 where one of the two does not vary. */
  get value(): number {
    const { sums } = this;
    const n = Math.max(1, sums.n);
    const [x, y] = [sums.x / n, sums.y / n];
    const spread = Math.sqrt((sums.xx / n - x * x) * (sums.yy / n - y * y));
    return spread > 0 ? Math.min(1, Math.max(-1, (sums.xy / n - x * y) / spread)) : 1;
  }
}
