/**
 * @file The quantised network: what the spiking network would answer if every neuron sent exactly the count that its mean
 * current asks for. Layer by layer, with z the mean of a neuron's currents, as the neuron's page in snn/neurons/ says:
 *
 *     N = clip(ideal(q), lowest rate * T, highest rate * T)            q = (T z + v0) / theta
 *
 * or, of a network that settles (laws L16 and L17, which hold for whole networks and any v0):
 *
 *     N = clip(floor(T z / theta + 1/2), lowest rate * T, highest rate * T)
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { type Neuron, ratesOf } from '../../snn/neurons/neuron.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';

/** A neuron's count for the sum of its currents over T steps. */
export type CountOf = (total: number, theta: number) => number;

/** What the network's neurons should send in `steps` steps, in any schedule but settling. */
export function idealCount({ neuron, initialPotential }: SpikingNetwork, steps: number): CountOf {
  return (total, theta) =>
    withinRates(neuron, neuron.ideal((total + initialPotential * theta) / theta), steps);
}

/** What they send, exactly, where they settle. */
export function settledCount({ neuron }: SpikingNetwork, steps: number): CountOf {
  return (total, theta) => withinRates(neuron, Math.floor(total / theta + 0.5), steps);
}

/** A count clipped to what T steps have room for. */
export function withinRates(neuron: Neuron, count: number, steps: number): number {
  const { lowest, highest } = ratesOf(neuron);
  return Math.min(highest * steps, Math.max(lowest * steps, count)) + 0;
}

export interface Quantised {
  /** Per layer [neurons]: signed spike counts; empty for the readout. */
  readonly counts: readonly Int32Array[];
  /** Per layer [neurons]: sum of the currents over T steps. */
  readonly totals: readonly Float64Array[];
  /** Per layer: neurons whose count the order of their currents decides (half, exactly between two counts). */
  readonly ties: readonly number[];
  /** [classes]. */
  readonly logits: Float64Array;
}

/**
 * @param image [height, width, channels], normalised
 * @param wiring of this network, when many images are asked for
 * @param countOf what each neuron sends
 * @example
 * quantised(snn, image, 8).logits; // equal to the tracer network's, spike for spike
 */
export function quantised(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  steps: number,
  wiring: readonly LayerWiring[] = wiringOf(network),
  countOf: CountOf = idealCount(network, steps),
): Quantised {
  const constant = analogueCurrents(network, image);
  const counts: Int32Array[] = [];
  const totals: Float64Array[] = [];
  const ties: number[] = [];
  const { neuron, initialPotential } = network;
  wiring.forEach((layer, l) => {
    const total = Float64Array.from(constant[l]!, (current) => current * steps);
    for (const synapses of layer.spikes) propagate(synapses, counts[synapses.from]!, total);
    const { theta } = layer;
    let tied = 0;
    counts.push(
      Int32Array.from(theta, (height, i) => {
        if (neuron.undecided?.(total[i]! / height + initialPotential)) tied++;
        return countOf(total[i]!, height);
      }),
    );
    totals.push(total);
    ties.push(tied);
  });
  return {
    counts,
    totals,
    ties,
    logits: totals.at(-1)!.map((sum, c) => (sum / steps) * wiring.at(-1)!.unit[c]!),
  };
}
