/** @file Pearson's correlation of two quantities. */

/** Adds up pairs of numbers without keeping them. */
export class Correlation {
  #n = 0;
  #x = 0;
  #y = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  add(x: number, y: number): void {
    this.#n++;
    this.#x += x;
    this.#y += y;
    this.#xx += x * x;
    this.#yy += y * y;
    this.#xy += x * y;
  }

  /** The correlation so far; 1 where one of the two does not vary. */
  get value(): number {
    const n = Math.max(1, this.#n);
    const [x, y] = [this.#x / n, this.#y / n];
    const spread = Math.sqrt((this.#xx / n - x * x) * (this.#yy / n - y * y));
    return spread > 0 ? Math.min(1, Math.max(-1, (this.#xy / n - x * y) / spread)) : 1;
  }
}
