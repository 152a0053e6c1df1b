/**
 * @file Splits the error of every neuron of a layer on one image into its four parts (layer-anatomy.ts defines them).
 */
import type { ConstantInput } from './constant-input.ts';
import type { ErrorPart } from './layer-anatomy.ts';

/** The parts, each [neurons], in theta: whole = clipping + quantisation + propagated + unevenness. */
export type SplitErrors = Readonly<Record<ErrorPart | 'whole', Float64Array>>;

/** What both networks did, each [neurons]. */
export interface SplitInput {
  /** The trained network's activations, in theta. */
  readonly activations: Float64Array;
  /** T*z, for the trained network's currents z. */
  readonly trainedTotals: Float64Array;
  /** The counts that the spiking network sent. */
  readonly counts: Int32Array;
  /** The sums of the currents that the spiking network received. */
  readonly totals: Float64Array;
  readonly steps: number;
}

/** Room for the parts. */
export function emptySplit(neurons: number): SplitErrors {
  const zeros = (): Float64Array => new Float64Array(neurons);
  return {
    whole: zeros(),
    clipping: zeros(),
    quantisation: zeros(),
    propagated: zeros(),
    unevenness: zeros(),
  };
}

/**
 * @param ideal what the layer's neurons send in T steps of a constant current
 * @param split is filled. Default: new arrays
 */
export function splitErrors(
  ideal: ConstantInput,
  input: SplitInput,
  split: SplitErrors = emptySplit(input.counts.length),
): SplitErrors {
  const { activations, trainedTotals, counts, totals, steps } = input;
  const { lowest, highest } = ideal;
  const ofTrained = ideal.counts(trainedTotals);
  const ofMean = ideal.counts(totals);
  const { whole, clipping, quantisation, propagated, unevenness } = split;
  for (let i = 0; i < counts.length; i++) {
    const a = activations[i]!;
    const clipped = Math.min(highest, Math.max(lowest, a));
    whole[i] = counts[i]! / steps - a;
    clipping[i] = clipped - a;
    quantisation[i] = ofTrained[i]! / steps - clipped;
    propagated[i] = (ofMean[i]! - ofTrained[i]!) / steps;
    unevenness[i] = (counts[i]! - ofMean[i]!) / steps;
  }
  return split;
}
