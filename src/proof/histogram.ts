/**
 * @file Error histograms: how the rates of a layer differ from the activations they stand for.
 */

export interface ErrorHistogram {
  /** Bins of equal width from -limit to limit; what lies outside is in the first and last. */
  readonly limit: number;
  readonly bins: Float64Array;
  readonly count: number;
  readonly mean: number;
  readonly meanAbs: number;
  /** Root of the mean square. */
  readonly rms: number;
  readonly worst: number;
}

/** Adds up errors without keeping them. */
export class ErrorStatistics {
  readonly limit: number;
  readonly bins: Float64Array;
  #count = 0;
  #sum = 0;
  #absolute = 0;
  #squares = 0;
  #worst = 0;

  /** @param bins an odd number keeps 0 in the middle of a bin */
  constructor(limit: number, bins: number = 41) {
    this.limit = limit;
    this.bins = new Float64Array(bins);
  }

  add(error: number): void {
    const size = Math.abs(error);
    const place = Math.floor(((error + this.limit) / (2 * this.limit)) * this.bins.length);
    this.bins[Math.min(this.bins.length - 1, Math.max(0, place))]! += 1;
    this.#count++;
    this.#sum += error;
    this.#absolute += size;
    this.#squares += error * error;
    this.#worst = Math.max(this.#worst, size);
  }

  get histogram(): ErrorHistogram {
    const count = this.#count;
    const per = Math.max(1, count);
    return {
      limit: this.limit,
      bins: this.bins,
      count,
      mean: this.#sum / per,
      meanAbs: this.#absolute / per,
      rms: Math.sqrt(this.#squares / per),
      worst: this.#worst,
    };
  }
}
