/** @file What is known of a layer's neurons after they were followed over all steps. */

/** The trace of one layer; each array is [neurons]. */
export interface LayerTrace {
  readonly name: string;
  /** T. */
  readonly steps: number;
  /** True when everything was received before the first spike (accumulate, then fire): only conservation holds of such a run. */
  readonly accumulated: boolean;
  readonly theta: Float64Array;
  /** The potential before the first step. */
  readonly v0: Float64Array;
  /** The sum of I_t. */
  readonly sumCurrent: Float64Array;
  /** The largest abs(I_t). */
  readonly maxAbsCurrent: Float64Array;
  /** N, the signed sum of spikes. */
  readonly counts: Int32Array;
  /** What spikes took off the potential besides theta*N: 0 except for leaky neurons and resets to zero. */
  readonly excess: Float64Array;
  /** v_T. */
  readonly potential: Float64Array;
  /** The largest abs(v_t), t = 1..T. */
  readonly maxAbsPotential: Float64Array;
  /** W_T of law L9; infinite where that law does not hold. */
  readonly overloadBound: Float64Array;
  /** How much float32 can have lost, at most, in theta*N + excess = sum I + v0 - v_T. */
  readonly roundoff: Float64Array;
  /** How many neuron-steps had abs(I_t) > theta, also where the order of the currents does not matter (`accumulated`). */
  readonly overloads: number;
}
