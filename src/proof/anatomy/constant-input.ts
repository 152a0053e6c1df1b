/**
 * @file What the neurons of a layer send in T steps of a constant current, and the largest and smallest rate they have at all.
 * In closed form where the neuron's page in snn/neurons/ has one; otherwise by running the layer alone.
 */
import { mapSize } from '../../nn/architecture.ts';
import type { SpikingLayer, SpikingNetwork } from '../../snn/network.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';
import { simulate } from '../../snn/simulate.ts';
import type { Schedule } from '../../snn/simulation.ts';
import { type CountOf, settledCount, withinRates } from '../networks/ideal-count.ts';

/** Settling neurons have the closed form of the exact modes; others the one on their page, if it holds for this v0. */
function closedForm(network: SpikingNetwork, steps: number, schedule: Schedule): CountOf | null {
  if (schedule === 'settling') return settledCount(network, steps);
  const { neuron, initialPotential } = network;
  const count = neuron.constantCount?.(initialPotential);
  const within = withinRates(neuron, steps);
  return count ? (total, theta) => within(count(total / theta, steps)) : null;
}

/** The answers of one layer to constant currents. */
export interface ConstantInput {
  /** The smallest and the largest rate, in theta, that any input gives. */
  readonly lowest: number;
  readonly highest: number;
  /** totals: T*x [neurons], in the unit of currents. Returns signed counts [neurons]. */
  counts(totals: Float64Array): Int32Array;
}

/**
 * The answers of a layer in T = `steps` steps.
 * @param theta [neurons]
 * @param schedule of the runs that the counts will be compared with
 * @param simulated true: the layer is run even where a closed form is known
 */
export function constantInput(
  network: SpikingNetwork,
  layer: SpikingLayer,
  theta: Float64Array,
  steps: number,
  schedule: Schedule = 'streaming',
  simulated = false,
): ConstantInput {
  const closed = simulated ? null : closedForm(network, steps, schedule);
  if (closed) {
    const counts = (totals: Float64Array): Int32Array => {
      const all = new Int32Array(totals.length);
      for (let i = 0; i < all.length; i++) all[i] = closed(totals[i]!, theta[i]!);
      return all;
    };
    return { ...ratesOf(network.neuron), counts };
  }
  const counts = (totals: Float64Array): Int32Array => runAlone(network, layer, totals, steps);
  const extreme = (sign: number): Int32Array => counts(theta.map((height) => sign * FLOOD * height * steps));
  const [low, high] = [extreme(-1), extreme(1)];
  return {
    lowest: low.reduce((a, b) => Math.min(a, b)) / steps,
    highest: high.reduce((a, b) => Math.max(a, b)) / steps,
    counts,
  };
}

/** A current of this many thetas is more than any neuron can follow, and float32 still resolves one theta beside it. */
const FLOOD = 2 ** 12;

/** The layer without its synapses: each neuron gets one number of the "image" as its constant current. */
function runAlone(
  network: SpikingNetwork,
  layer: SpikingLayer,
  totals: Float64Array,
  steps: number,
): Int32Array {
  const empty = new Float32Array(0);
  const input = {
    kind: 'identity',
    from: -1,
    pool: 1,
    weight: empty,
    kernel: 1,
    stride: 1,
    padding: 0,
  } as const;
  const readout: SpikingLayer = {
    name: 'none',
    shape: [1, 1, 1],
    theta: empty,
    bias: Float32Array.of(0),
    inputs: [],
  };
  const { grid: _, ...withoutGrid } = network;
  const alone: SpikingNetwork = {
    ...withoutGrid,
    input: layer.shape,
    classes: 1,
    layers: [{ ...layer, bias: new Float32Array(layer.shape[2]), inputs: [input] }, readout],
  };
  const currents = Float32Array.from({ length: mapSize(layer.shape) }, (_, i) => totals[i]! / steps);
  return simulate(alone, currents, {
    steps,
    engine: 'reference',
    schedule: 'streaming',
    record: { counts: true },
  }).record[0]!.counts!;
}
