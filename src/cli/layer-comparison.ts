/**
 * @file How much one layer's firing rates differ from the activations they stand for, over many images.
 */

export interface LayerLoss {
  readonly name: string;
  /** Pearson's, between rate N/T and the folded network's activation, both in theta. */
  readonly correlation: number;
  /** Root mean square of their difference, in theta. */
  readonly error: number;
  /** Mean of their difference, in theta: what does not cancel. */
  readonly bias: number;
  /** Share of neurons whose count is not the quantised network's. */
  readonly otherCount: number;
}

export class LayerComparison {
  readonly #name: string;
  readonly #steps: number;
  #n = 0;
  #sumX = 0;
  #sumY = 0;
  #sumXX = 0;
  #sumYY = 0;
  #sumXY = 0;
  #other = 0;

  constructor(name: string, steps: number) {
    this.#name = name;
    this.#steps = steps;
  }

  /** One image; all [neurons]. */
  add(counts: Int32Array, activations: Float64Array, ideal: Int32Array): void {
    for (let i = 0; i < counts.length; i++) {
      const x = activations[i]!;
      const y = counts[i]! / this.#steps;
      this.#sumX += x;
      this.#sumY += y;
      this.#sumXX += x * x;
      this.#sumYY += y * y;
      this.#sumXY += x * y;
      if (counts[i] !== ideal[i]) this.#other++;
    }
    this.#n += counts.length;
  }

  get result(): LayerLoss {
    const n = this.#n;
    const [x, y] = [this.#sumX / n, this.#sumY / n];
    const covariance = this.#sumXY / n - x * y;
    const spread = Math.sqrt((this.#sumXX / n - x * x) * (this.#sumYY / n - y * y));
    const square = (this.#sumXX - 2 * this.#sumXY + this.#sumYY) / n;
    return {
      name: this.#name,
      correlation: spread > 0 ? covariance / spread : 1,
      error: Math.sqrt(Math.max(0, square)),
      bias: y - x,
      otherCount: this.#other / n,
    };
  }
}
