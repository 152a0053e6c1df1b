/** @file Pearson's correlation of two quantities. */

/** Adds up pairs of numbers without keeping them. */
export class Correlation {
  #n = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  /** Each x with its y. */
  addAll(xs: ArrayLike<number>, ys: ArrayLike<number>): void {
    let [x, y, xx, yy, xy] = [this.#x, this.#y, this.#xx, this.#yy, this.#xy];
    for (let i = 0; i < xs.length; i++) {
      const a = xs[i]!;
      const b = ys[i]!;
      x += a;
      y += b;
      xx += a * a;
      yy += b * b;
      xy += a * b;
    }
    this.#n += xs.length;
    [this.#x, this.#y, this.#xx, this.#yy, this.#xy] = [x, y, xx, yy, xy];
  }

  /** The correlation so far; 1 where one of the two does not vary. */
  get value(): number {
    const n = Math.max(1, this.#n);
    const [x, y] = [this.#x / n, this.#y / n];
    const spread = Math.sqrt((this.#xx / n - x * x) * (this.#yy / n - y * y));
    return spread > 0 ? Math.min(1, Math.max(-1, (this.#xy / n - x * y) / spread)) : 1;
  }
}
