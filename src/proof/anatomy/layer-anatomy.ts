/**
 * @file What the error anatomy says of one layer, as plain data: it goes into result files and figures as it is.
 * An error is rate - activation, in theta, so that positive means: the spiking network says more than it should.
 */
import type { ErrorStatistics, Histogram } from './error-statistics.ts';

/**
 * The four parts of theta*N/T - a, from the activation a to the count N; their sum is the whole, exactly:
 *
 *     clipping      a                      -> clip(a)                what no rate of this neuron can say
 *     quantisation  clip(a)                -> count of the ANN's z    what T steps of a constant z cannot say
 *     propagated    count of the ANN's z   -> count of the mean I     what came in from the layers before
 *     unevenness    count of the mean I    -> N                       what the order of the currents did (and float32)
 *
 * "count of x": what the neuron sends in T steps of the constant current x.
 */
export type ErrorPart = 'clipping' | 'quantisation' | 'propagated' | 'unevenness';

export const ERROR_PARTS: readonly ErrorPart[] = ['clipping', 'quantisation', 'propagated', 'unevenness'];

/** What is left of a layer's errors e_j in the sums of a layer behind it. */
export interface Cancellation {
  /** The layer that sums them. */
  readonly into: string;
  /** Sum over its neurons and all images of abs(sum_j w_ij e_j) / sum of sum_j abs(w_ij e_j): 1 nothing cancels, 0 everything (or there is no error). */
  readonly survives: number;
  /**
   * The same if each e_j kept its size and drew its sign at random (mean of a normal sum: sqrt(2 / pi * sum_j (w_ij e_j)^2)).
   * A `survives` below it is cancellation beyond chance; above it, errors that agree with each other.
   */
  readonly byChance: number;
}

/** Membrane potentials after the last step, in theta. */
export interface ResidualMembrane {
  readonly mean: number;
  readonly rms: number;
  readonly histogram: Histogram;
}

/** JSON-able. Shares and means are over the layer's neurons and all images. */
export interface LayerAnatomy {
  readonly name: string;
  readonly neurons: number;
  readonly images: number;
  readonly steps: number;
  /** Pearson's, between rate and activation; 1 where one of them does not vary. */
  readonly correlation: number;
  readonly whole: ErrorStatistics;
  readonly parts: Readonly<Record<ErrorPart, ErrorStatistics>>;
  /** One for each layer that reads this one. */
  readonly cancellation: readonly Cancellation[];
  /** Share of neuron-steps with abs(I) > theta. */
  readonly overload: number;
  /** null where potentials were not recorded or the run went on after its T steps (settling). */
  readonly residual: ResidualMembrane | null;
}
