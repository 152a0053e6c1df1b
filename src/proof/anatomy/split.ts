/**
 * @file Splits the error of every neuron of a layer on one image into its parts (layer-anatomy.ts defines them).
 */
import type { ConstantInput } from '../laws/constant-input.ts';
import type { ErrorPart } from './layer-anatomy.ts';

/** Each [neurons], in theta; whole = clipping + quantisation + propagated + unevenness. */
export type SplitErrors = Readonly<Record<ErrorPart | 'whole', Float64Array>>;

export interface SplitInput {
  /** What the trained network says, in theta, and T*z of its currents z. */
  readonly activations: Float64Array;
  readonly trainedTotals: Float64Array;
  /** What the spiking network sent, and the sum of the currents that it received. */
  readonly counts: Int32Array;
  readonly totals: Float64Array;
  readonly steps: number;
}

export function splitErrors(ideal: ConstantInput, input: SplitInput): SplitErrors {
  const { activations, trainedTotals, counts, totals, steps } = input;
  const { lowest, highest } = ideal;
  const ofTrained = ideal.counts(trainedTotals);
  const ofMean = ideal.counts(totals);
  const zeros = (): Float64Array => new Float64Array(counts.length);
  const split = {
    whole: zeros(),
    clipping: zeros(),
    quantisation: zeros(),
    propagated: zeros(),
    unevenness: zeros(),
  };
  for (let i = 0; i < counts.length; i++) {
    const a = activations[i]!;
    const clipped = Math.min(highest, Math.max(lowest, a));
    split.whole[i] = counts[i]! / steps - a;
    split.clipping[i] = clipped - a;
    split.quantisation[i] = ofTrained[i]! / steps - clipped;
    split.propagated[i] = (ofMean[i]! - ofTrained[i]!) / steps;
    split.unevenness[i] = (counts[i]! - ofMean[i]!) / steps;
  }
  return split;
}
