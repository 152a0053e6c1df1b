/**
 * @file How much one layer's firing rates differ from the activations they stand for, over many images.
 */
import { ErrorHistogram } from '../proof/error-histogram.ts';

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
  /** Of the differences, in theta: bins of equal width from -limit to limit, what lies outside in the outermost. */
  readonly histogram: { readonly limit: number; readonly bins: readonly number[] };
}

/** Bins reach 4 quanta to each side; an odd number keeps 0 in the middle of one. */
const QUANTA = 4;
const BINS = 41;

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
  readonly #errors: ErrorHistogram;

  constructor(name: string, steps: number) {
    this.#name = name;
    this.#steps = steps;
    this.#errors = new ErrorHistogram(QUANTA / steps, BINS);
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
      this.#errors.add(y - x);
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
      histogram: { limit: this.#errors.limit, bins: Array.from(this.#errors.bins) },
    };
  }
}
