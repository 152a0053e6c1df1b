/**
 * @file One neuron of the run that is shown: its potential over time, and its staircase, the count that it sends for every constant
 * current, beside the activation that it stands for.
 */
import { mapSize } from '../../nn/architecture.ts';
import { settledCount } from '../../proof/networks/ideal-count.ts';
import { responseOf } from '../../proof/networks/response.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';
import { step } from '../../snn/step.ts';
import type { Probe } from '../protocol.ts';
import type { Run } from './workbench.ts';

/** Points of a curve, and how far it goes beyond the neuron's range. */
const POINTS = 241;
const BEYOND = 0.5;

export function probeNeuron({ ran, result, settings }: Run, layer: number, index: number): Probe {
  const { theta, shape } = ran.layers[layer]!;
  const { membrane, currents, spikes } = result.record[layer]!;
  const neurons = mapSize(shape);
  const over = <A extends Float32Array | Int8Array>(record: A): A =>
    record.filter((_: number, at: number) => at % neurons === index) as A;
  const height = theta[index % theta.length]!;
  const settling = result.schedule === 'settling';
  const start = settling ? 0.5 : ran.initialPotential;
  const { lowest, highest } = ratesOf(ran.neuron);
  const at = (i: number): number => lowest - BEYOND + ((highest - lowest + 2 * BEYOND) * i) / (POINTS - 1);
  const unit = settings.thetaScale;
  const zs = Array.from({ length: POINTS }, (_, i) => at(i));
  const response = responseOf(ran.neuron);
  const rate = settling ? settledRate(ran, result.steps) : steppedRate(ran, start, result.steps);
  return {
    theta: height,
    v0: height * start,
    potential: over(membrane!),
    current: over(currents!),
    spikes: over(spikes!),
    unit,
    staircase: zs.map((z) => [z, unit * rate(z / unit)] as const),
    activation: zs.map((z) => [z, response(z)] as const),
  };
}

/** The rate of a neuron that is given the same current z (theta = 1) in every step. */
function steppedRate({ neuron }: SpikingNetwork, start: number, steps: number): (z: number) => number {
  return (z) => {
    let [v, count] = [start, 0];
    for (let t = 0; t < steps; t++) {
      const fired = step(v, z, 1, neuron.rule, count, steps);
      v = fired.v;
      count += fired.s;
    }
    return count / steps;
  };
}

function settledRate(network: SpikingNetwork, steps: number): (z: number) => number {
  const count = settledCount(network, steps);
  return (z) => count(z * steps, 1) / steps;
}
