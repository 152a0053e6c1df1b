/**
 * @file The quantised network: what the spiking network would answer if every neuron sent exactly the count that the sum of its
 * currents asks for (ideal-count.ts), layer by layer.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagateEach, wiringOf } from '../../snn/wiring.ts';
import { constantTotals } from './constant-totals.ts';
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
  return runQuantisedEach(network, [constant], steps, wiring, countOf)[0]!;
}

/**
 * Runs the quantised network on several images at once.
 * @param constants the constant currents of each image
 */
export function runQuantisedEach(
  network: SpikingNetwork,
  constants: readonly (readonly Float32Array[])[],
  steps: number,
  wiring: readonly LayerWiring[],
  countOf: CountOf,
): QuantisedRun[] {
  const runs = constants.map(() => ({
    counts: [] as Int32Array[],
    totals: [] as Float64Array[],
    ties: [] as number[],
  }));
  wiring.forEach((layer, l) => {
    const totals = constants.map((constant) => constantTotals(constant[l]!, steps));
    for (const synapses of layer.spikes) {
      const sent = runs.map(({ counts }) => counts[synapses.from]!);
      propagateEach(synapses, sent, totals);
    }
    runs.forEach((run, i) => {
      const total = totals[i]!;
      run.totals.push(total);
      run.counts.push(countsOf(layer.theta, total, countOf));
      run.ties.push(tiesOf(network, layer.theta, total));
    });
  });
  const { unit } = wiring.at(-1)!;
  return runs.map((run) => ({
    ...run,
    logits: run.totals.at(-1)!.map((sum, c) => (sum / steps) * unit[c]!),
  }));
}

function countsOf(theta: Float64Array, total: Float64Array, countOf: CountOf): Int32Array {
  const counts = new Int32Array(theta.length);
  for (let i = 0; i < theta.length; i++) counts[i] = countOf(total[i]!, theta[i]!);
  return counts;
}

function tiesOf(
  { neuron, initialPotential }: SpikingNetwork,
  theta: Float64Array,
  total: Float64Array,
): number {
  let ties = 0;
  for (let i = 0; i < theta.length; i++)
    if (neuron.undecided?.(total[i]! / theta[i]! + initialPotential)) ties++;
  return ties;
}
