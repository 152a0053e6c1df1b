/**
 * @file What one layer did on one image, neuron by neuron, from an engine's record: all that the laws speak about. A float32 neuron
 * rounds twice in a step (m = v + I, v = m - theta*s); `roundoff` bounds what that can add up to.
 */
import { InputError } from '../../errors.ts';
import { mapSize } from '../../nn/architecture.ts';
import { accumulates } from '../../snn/accumulate.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import type { SimulationResult } from '../../snn/simulation.ts';
import { type FireRule, takenOff } from '../../snn/step.ts';

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
  const zeros = (): Float64Array => new Float64Array(neurons);
  const [theta, v0] = [zeros(), zeros()];
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
  for (let i = 0; i < neurons; i++) {
    theta[i] = layer.theta[i % layer.theta.length]!;
    v0[i] = Math.fround(theta[i]! * start);
  }
  const { rule, laws } = network.neuron;
  const bounded = !accumulated && laws.overload;
  const phi = bounded ? rule.phiUp : Number.POSITIVE_INFINITY;
  for (let i = 0; i < neurons; i++) {
    trace.potential[i] = v0[i]!;
    trace.overloadBound[i] = Math.abs(v0[i]!);
  }
  const measured = { ...trace, theta, v0, accumulated, rule, phi };
  const reached = new Float64Array(CHUNK);
  let overloads = 0;
  for (let first = 0; first < neurons; first += CHUNK)
    for (let t = 0; t < steps; t++) {
      const own = { spikes, membrane, currents, at: (image * steps + t) * neurons };
      const end = Math.min(neurons, first + CHUNK);
      overloads += addCurrents(measured, own, first, end);
      reach(measured, own, first, end, reached);
      addSpikes(measured, own, first, end, reached);
    }
  return { name, steps, accumulated, theta, v0, ...trace, overloads };
}

/** Neurons that are followed over all steps before the next: what is known of them stays in the cache. */
const CHUNK = 1024;

interface Measured extends Omit<LayerTrace, 'name' | 'steps' | 'overloads'> {
  readonly rule: FireRule;
  /** W_t is at least phi * theta. */
  readonly phi: number;
}

/** One step of one image on record: neuron i is at `at + i`. */
interface RecordedStep {
  readonly spikes: Int8Array;
  readonly membrane: Float32Array;
  readonly currents: Float32Array;
  readonly at: number;
}

/** What the neurons first.. end - 1 receive in a step; returns how many had abs(I) > theta. */
function addCurrents(measured: Measured, step: RecordedStep, first: number, end: number): number {
  const { theta, sumCurrent, maxAbsCurrent, overloadBound, phi } = measured;
  const { currents, at } = step;
  let overloads = 0;
  for (let i = first; i < end; i++) {
    const height = theta[i]!;
    const current = currents[at + i]!;
    const size = Math.abs(current);
    sumCurrent[i]! += current;
    maxAbsCurrent[i] = Math.max(maxAbsCurrent[i]!, size);
    overloadBound[i] = Math.max(phi * height, overloadBound[i]! + size - height);
    if (size > height) overloads++;
  }
  return overloads;
}

/** reached[i - first] = m before a spike: the potential on record of the step before, and the current. */
function reach(
  { accumulated, v0, sumCurrent, potential }: Measured,
  { currents, at }: RecordedStep,
  first: number,
  end: number,
  reached: Float64Array,
): void {
  if (accumulated) for (let i = first; i < end; i++) reached[i - first] = v0[i]! + sumCurrent[i]!;
  else for (let i = first; i < end; i++) reached[i - first] = potential[i]! + currents[at + i]!;
}

/** What they send, and the potential after it. */
function addSpikes(
  measured: Measured,
  { spikes, membrane, at }: RecordedStep,
  first: number,
  end: number,
  reached: Float64Array,
): void {
  const { theta, counts, excess, potential, maxAbsPotential, roundoff, rule } = measured;
  for (let i = first; i < end; i++) {
    const size = Math.abs(membrane[at + i]!);
    counts[i]! += spikes[at + i]!;
    roundoff[i]! += (Math.abs(reached[i - first]!) + size) * UNIT;
    maxAbsPotential[i] = Math.max(maxAbsPotential[i]!, size);
    potential[i] = membrane[at + i]!;
  }
  // one spike takes off theta and two take off 2 theta, no more and no less: float32 holds both
  if (rule.reset !== 'zero' && (rule.lossDown ?? 1) === 1 && (rule.burst ?? 1) <= 2) return;
  for (let i = first; i < end; i++) {
    const s = spikes[at + i]!;
    if (s === 0) continue;
    const taken = rule.reset === 'zero' ? reached[i - first]! : takenOff(s, theta[i]!, rule);
    excess[i]! += taken - theta[i]! * s;
  }
}
