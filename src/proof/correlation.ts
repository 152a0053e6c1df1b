/**
 * @file Pearson's correlation of rates with activations, added up pair by pair (Welford's update: no cancellation).
 */
export class Correlation {
  #count = 0;
  #meanX = 0;
  #meanY = 0;
  #xx = 0;
  #yy = 0;
  #xy = 0;

  add(x: number, y: number): void {
    this.#count++;
    const dx = x - this.#meanX;
    const dy = y - this.#meanY;
    this.#meanX += dx / this.#count;
    this.#meanY += dy / this.#count;
    this.#xx += dx * (x - this.#meanX);
    this.#yy += dy * (y - this.#meanY);
    this.#xy += dx * (y - this.#meanY);
  }

  /** In [-1, 1]; null while one side is constant, for then it has no meaning. */
  get value(): number | null {
    if (this.#xx === 0 || this.#yy === 0) return null;
    return Math.max(-1, Math.min(1, this.#xy / Math.sqrt(this.#xx * this.#yy)));
  }
}
