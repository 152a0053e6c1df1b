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
import { type Follow, type Followed, followPlainly, type Recorded } from './follow.ts';
import type { LayerTrace } from './layer-trace.ts';

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
  return traceWith(followPlainly, network, result, l, image);
}

/** The same, its neurons followed by the plain loop or by a tracer. */
export function traceWith(
  follow: Follow,
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
  const accumulated = accumulates(network.neuron, result.schedule);
  const start = accumulated ? 0.5 : network.initialPotential;
  const zeros = (): Float64Array => new Float64Array(neurons);
  const [theta, v0] = [zeros(), zeros()];
  for (let i = 0; i < neurons; i++) {
    theta[i] = layer.theta[i % layer.theta.length]!;
    v0[i] = Math.fround(theta[i]! * start);
  }
  const trace = {
    theta,
    v0,
    accumulated,
    sumCurrent: zeros(),
    maxAbsCurrent: zeros(),
    counts: new Int32Array(neurons),
    excess: zeros(),
    potential: zeros(),
    maxAbsPotential: zeros(),
    overloadBound: zeros(),
    roundoff: zeros(),
  };
  const { rule, laws } = network.neuron;
  const phi = !accumulated && laws.overload ? rule.phiUp : Number.POSITIVE_INFINITY;
  const recorded = { spikes, membrane, currents, first: image * steps * neurons, steps };
  const overloads = follow(trace, recorded, phi);
  if (!takesTheta(rule)) addExcess(trace, recorded, rule);
  return { name, steps, ...trace, overloads };
}

/** One spike takes off theta and two take off 2 theta, no more and no less: float32 holds both. */
const takesTheta = ({ reset, lossDown = 1, burst = 1 }: FireRule): boolean =>
  reset !== 'zero' && lossDown === 1 && burst <= 2;

/** What spikes of other neurons take off besides. */
function addExcess(
  { theta, v0, accumulated, excess }: Followed,
  { spikes, membrane, currents, first, steps }: Recorded,
  rule: FireRule,
): void {
  const neurons = theta.length;
  for (let i = 0; i < neurons; i++) {
    let sum = 0;
    for (let t = 0, at = first + i; t < steps; t++, at += neurons) {
      sum += currents[at]!;
      const s = spikes[at]!;
      if (s === 0) continue;
      const before = t === 0 ? v0[i]! : membrane[at - neurons]!;
      const reached = accumulated ? v0[i]! + sum : before + currents[at]!;
      const taken = rule.reset === 'zero' ? reached : takenOff(s, theta[i]!, rule);
      excess[i]! += taken - theta[i]! * s;
    }
  }
}
