/**
 * @file What one layer did on one image, neuron by neuron, from an engine's record: all that the laws speak about. A float32 neuron
 * rounds twice in a step (m = v + I, v = m - theta*s); `roundoff` bounds what that can add up to.
 */
import { InputError } from '../../errors.ts';
import { mapSize } from '../../nn/architecture.ts';
import { accumulates } from '../../snn/accumulate.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { takenOff } from '../../snn/step.ts';

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
  /** How many neuron-steps had abs(I_t) > theta. */
  readonly overloads: number;
}

/** One rounding to float32 changes x by at most abs(x) * 2^-24. */
const UNIT = 2 ** -24;

/**
 * Traces layer l on one image of a run.
 * @param result a run with spikes, membrane and currents on record
 * @param image its index in the run
 * @throws InputError when one of the three was not recorded
 * @example
 * traceLayer(snn, result, 0, 0).counts.length === result.layers[0].neurons; // true
 */
export function traceLayer(
  network: SpikingNetwork,
  result: SimulationResult,
  l: number,
  image: number,
): LayerTrace {
  const { name, spikes, membrane, currents } = result.record[l]!;
  if (!spikes || !membrane || !currents) {
    throw new InputError(
      `${name}: expected spikes, membrane and currents on record, found less; record all three`,
    );
  }
  const layer = network.layers[l]!;
  const neurons = mapSize(layer.shape);
  const { steps } = result;
  const theta = Float64Array.from({ length: neurons }, (_, i) => layer.theta[i % layer.theta.length]!);
  const zeros = (): Float64Array => new Float64Array(neurons);
  const trace = {
    sumCurrent: zeros(),
    maxAbsCurrent: zeros(),
    counts: new Int32Array(neurons),
    excess: zeros(),
    potential: zeros(),
    maxAbsPotential: zeros(),
    overloadBound: zeros(),
    roundoff: zeros(),
  };
  const accumulated = accumulates(network.neuron, result.schedule);
  const start = accumulated ? 0.5 : network.initialPotential;
  const v0 = theta.map((height) => Math.fround(height * start));
  const { rule, laws } = network.neuron;
  const bounded = !accumulated && laws.overload;
  const phi = bounded ? rule.phiUp : Number.POSITIVE_INFINITY;
  let overloads = 0;
  for (let i = 0; i < neurons; i++) {
    const height = theta[i]!;
    // The potential as it should be, from the record: m before each spike, v after it.
    let [v, bound] = [v0[i]!, Math.abs(v0[i]!)];
    let [sum, largest, highest, excess, roundoff, count] = [0, 0, 0, 0, 0, 0];
    for (let t = 0; t < steps; t++) {
      const at = (image * steps + t) * neurons + i;
      const current = currents[at]!;
      const size = Math.abs(current);
      sum += current;
      largest = Math.max(largest, size);
      const s = spikes[at]!;
      const m = accumulated ? v0[i]! + sum : v + current;
      if (s !== 0) {
        count += s;
        const taken = rule.reset === 'zero' ? m : takenOff(s, height, rule);
        excess += taken - height * s;
      }
      v = membrane[at]!;
      roundoff += (Math.abs(m) + Math.abs(v)) * UNIT;
      highest = Math.max(highest, Math.abs(v));
      bound = Math.max(phi * height, bound + size - height);
      if (size > height) overloads++;
    }
    trace.sumCurrent[i] = sum;
    trace.maxAbsCurrent[i] = largest;
    trace.counts[i] = count;
    trace.excess[i] = excess;
    trace.roundoff[i] = roundoff;
    trace.maxAbsPotential[i] = highest;
    trace.potential[i] = v;
    trace.overloadBound[i] = bound;
  }
  return { name, steps, accumulated, theta, v0, ...trace, overloads };
}
