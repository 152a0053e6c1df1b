/**
 * @file The quantised network: what the spiking network would answer if every neuron sent exactly the count that the sum of its
 * currents asks for (ideal-count.ts), layer by layer.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { type CountOf, idealCount } from './ideal-count.ts';

/** What the quantised network computes from one image. */
export interface QuantisedRun {
  /** Per layer [neurons]: signed spike counts; empty for the readout. */
  readonly counts: readonly Int32Array[];
  /** Per layer [neurons]: the sum of the currents over T steps. */
  readonly totals: readonly Float64Array[];
  /** Per layer: how many neurons have a count that the order of their currents decides (half, exactly between two counts). */
  readonly ties: readonly number[];
  /** [classes]. */
  readonly logits: Float64Array;
}

/**
 * Runs the quantised network on one image, in float64.
 * @param image [height, width, channels], normalised as in training
 * @param steps T
 * @param wiring of this network; handing it over saves time where there are many images
 * @param countOf what each neuron sends
 * @param constant the image's constant currents, where they are known
 * @example
 * const { counts, logits } = runQuantised(snn, image, 8); // what an exact mode answers, spike for spike
 * counts[0].every((count) => Math.abs(count) <= 8); // true
 */
export function runQuantised(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  steps: number,
  wiring: readonly LayerWiring[] = wiringOf(network),
  countOf: CountOf = idealCount(network, steps),
  constant: readonly Float32Array[] = analogueCurrents(network, image),
): QuantisedRun {
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
