/**
 * @file Statistics of one kind of error over all neurons and images of a layer.
 */
import { BINS, ErrorHistogram } from './error-histogram.ts';

/** Bins of equal width from -limit to limit; what lies outside is in the first or the last. */
export interface Histogram {
  /** In theta. */
  readonly limit: number;
  /** Counts. */
  readonly bins: readonly number[];
}

/** All numbers are in theta, so that one spike in T steps is 1 / T. */
export interface ErrorStatistics {
  /** positive - negative. */
  readonly mean: number;
  /** The root of the mean square. */
  readonly rms: number;
  /** The mean of max(e, 0), and of max(-e, 0). */
  readonly positive: number;
  readonly negative: number;
  /** The share of neurons (over images) with an error that is not 0. */
  readonly touched: number;
  readonly histogram: Histogram;
}

/** Adds up errors without keeping them. */
export class ErrorSums {
  #n = 0;
  #positive = 0;
  #negative = 0;
  #squares = 0;
  #touched = 0;
  readonly #histogram: ErrorHistogram;

  /**
   * @param limit of the histogram
   * @param bins an odd number keeps 0 in the middle of a bin
   */
  constructor(limit: number, bins: number = BINS) {
    this.#histogram = new ErrorHistogram(limit, bins);
  }

  addAll(errors: Float64Array): void {
    let [positive, negative, squares, touched] = [
      this.#positive,
      this.#negative,
      this.#squares,
      this.#touched,
    ];
    for (let i = 0; i < errors.length; i++) {
      // no branch: the signs of errors are hard to foresee
      const error = errors[i]!;
      touched += Number(error !== 0);
      squares += error * error;
      positive += Math.max(0, error);
      negative -= Math.min(0, error);
    }
    this.#n += errors.length;
    [this.#positive, this.#negative, this.#squares, this.#touched] = [positive, negative, squares, touched];
    this.#histogram.addAll(errors);
  }

  get statistics(): ErrorStatistics {
    const n = Math.max(1, this.#n);
    return {
      mean: (this.#positive - this.#negative) / n,
      rms: Math.sqrt(this.#squares / n),
      positive: this.#positive / n,
      negative: this.#negative / n,
      touched: this.#touched / n,
      histogram: { limit: this.#histogram.limit, bins: Array.from(this.#histogram.bins) },
    };
  }
}
