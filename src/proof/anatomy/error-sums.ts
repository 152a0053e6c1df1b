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

/** What is added up: how many errors, of their two sides, their squares, and the bins of their histogram. */
export type SummedErrors = {
  n: number;
  positive: number;
  negative: number;
  squares: number;
  touched: number;
  readonly bins: Float64Array;
};

/** Of no error. */
export const noErrors = (): SummedErrors => ({
  ...{ n: 0, positive: 0, negative: 0, squares: 0, touched: 0 },
  bins: new Float64Array(BINS),
});

/** Adds up errors without keeping them. */
export class ErrorSums {
  readonly sums: SummedErrors;
  readonly #histogram: ErrorHistogram;

  /**
   * @param limit of the histogram
   * @param sums to go on from; an odd number of bins keeps 0 in the middle of one. Default: of no error
   */
  constructor(limit: number, sums: SummedErrors = noErrors()) {
    this.sums = sums;
    this.#histogram = new ErrorHistogram(limit, sums.bins);
  }

  addAll(errors: Float64Array): void {
    let { positive, negative, squares, touched } = this.sums;
    for (let i = 0; i < errors.length; i++) {
      // no branch: the signs of errors are hard to foresee
      const error = errors[i]!;
      touched += Number(error !== 0);
      squares += error * error;
      const size = Math.abs(error);
      positive += (size + error) / 2; // max(error, 0), exactly, of finite errors
      negative += (size - error) / 2;
    }
    Object.assign(this.sums, { n: this.sums.n + errors.length, positive, negative, squares, touched });
    this.#histogram.addAll(errors);
  }

  get statistics(): ErrorStatistics {
    const { positive, negative, squares, touched } = this.sums;
    const n = Math.max(1, this.sums.n);
    return {
      mean: (positive - negative) / n,
      rms: Math.sqrt(squares / n),
      positive: positive / n,
      negative: negative / n,
      touched: touched / n,
      histogram: { limit: this.#histogram.limit, bins: Array.from(this.#histogram.bins) },
    };
  }
}
