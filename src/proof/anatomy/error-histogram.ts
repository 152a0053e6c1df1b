/**
 * @file Error histograms: how the rates of a layer differ from the activations they stand for.
 */

/** Adds up errors without keeping them. */
export class ErrorHistogram {
  /** Bins of equal width from -limit to limit; what lies outside is in the first and last. */
  readonly limit: number;
  readonly bins: Float64Array;

  /** @param bins an odd number keeps 0 in the middle of a bin */
  constructor(limit: number, bins: number = 41) {
    this.limit = limit;
    this.bins = new Float64Array(bins);
  }

  add(error: number): void {
    const last = this.bins.length - 1;
    const place = Math.floor(((error + this.limit) / (2 * this.limit)) * this.bins.length);
    this.bins[Math.min(last, Math.max(0, place))]! += 1;
  }
}
