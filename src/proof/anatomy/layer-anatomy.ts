/**
 * @file The error anatomy of one layer as plain data, which goes into result files and figures as it is. An error is
 * rate - activation, in theta: it is positive where the spiking network sends more than it should.
 */
import type { ErrorStatistics, Histogram } from './error-sums.ts';

/**
 * The four parts of theta*N/T - a, from the activation a to the count N; their sum is the whole, exactly:
 *
 *     clipping      a                      -> clip(a)                what no rate of this neuron can express
 *     quantisation  clip(a)                -> count of the ANN's z    what T steps of a constant z cannot express
 *     propagated    count of the ANN's z   -> count of the mean I     errors of the layers before
 *     unevenness    count of the mean I    -> N                       the order of the currents (and float32)
 *
 * "count of x": what the neuron sends in T steps of the constant current x.
 */
export type ErrorPart = 'clipping' | 'quantisation' | 'propagated' | 'unevenness';

/** All parts, in the order of the table above. */
export const ERROR_PARTS: readonly ErrorPart[] = ['clipping', 'quantisation', 'propagated', 'unevenness'];

/** What is left of a layer's errors e_j in the sums of a layer that reads it. */
export interface Cancellation {
  /** The layer that sums them. */
  readonly into: string;
  /**
   * The sum of abs(sum_j w_ij e_j) over its neurons and all images / the sum of sum_j abs(w_ij e_j): 1 where nothing cancels, 0
   * where everything does, or there is no error.
   */
  readonly survives: number;
  /**
   * The same if every e_j kept its size and drew its sign at random (the mean of a normal sum: sqrt(2 / pi * sum_j (w_ij e_j)^2)).
   * Where `survives` is smaller, errors cancel more than by chance; where it is larger, they agree with each other.
   */
  readonly byChance: number;
}

/** Membrane potentials after the last step, in theta. */
export interface ResidualMembrane {
  readonly mean: number;
  readonly rms: number;
  readonly histogram: Histogram;
}

/** All that is known of one layer. Shares and means are over the layer's neurons and all images. */
export interface LayerAnatomy {
  readonly name: string;
  readonly neurons: number;
  readonly images: number;
  /** T. */
  readonly steps: number;
  /** Pearson's correlation of rate and activation; 1 where one of the two does not vary. */
  readonly correlation: number;
  /** Rate minus activation. */
  readonly whole: ErrorStatistics;
  /** They add up to `whole`, neuron by neuron. */
  readonly parts: Readonly<Record<ErrorPart, ErrorStatistics>>;
  /** One entry for each layer that reads this one. */
  readonly cancellation: readonly Cancellation[];
  /** As `LayerActivity.overload`: the share of neuron-steps with abs(I) > theta, or, behind all currents (L17), abs(mean I) > theta. */
  readonly overload: number;
  /** null where potentials were not recorded, or the run continued after its T steps (settling). */
  readonly residual: ResidualMembrane | null;
}
