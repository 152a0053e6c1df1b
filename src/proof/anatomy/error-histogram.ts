/**
 * @file Histograms of errors: how the rates of a layer differ from the activations that they stand for.
 */

/** How many bins there are unless told otherwise: an odd number, so that 0 is in the middle of one. */
export const BINS = 41;

/** Counts errors by size without keeping them. */
export class ErrorHistogram {
  /** The bins have equal width and reach from -limit to limit; what lies outside is in the first or the last. */
  readonly limit: number;
  readonly bins: Float64Array;

  /** @param bins counts so far. Default: none yet */
  constructor(limit: number, bins: Float64Array = new Float64Array(BINS)) {
    this.limit = limit;
    this.bins = bins;
  }

  addAll(errors: ArrayLike<number>): void {
    const { bins, limit } = this;
    const last = bins.length - 1;
    for (let i = 0; i < errors.length; i++) {
      const bin = Math.floor(((errors[i]! + limit) / (2 * limit)) * bins.length);
      bins[Math.min(last, Math.max(0, bin))]! += 1;
    }
  }
}
