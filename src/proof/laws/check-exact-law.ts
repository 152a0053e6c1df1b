/**
 * @file The exact modes (laws L16 and L17) on an actual settling run: every neuron's count must be what the sum of its currents asks
 * for, given the counts that the layers before it sent. On weights and images of a grid that is an equality. On others the float32
 * sums of an engine may put a neuron next to a tie on its other side: such a count is off by one spike and counted separately.
 * Anything else breaks the law.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { settledCount } from '../networks/ideal-count.ts';

/** What the law says of one layer on one image. */
export interface ExactLaw {
  readonly name: string;
  readonly neurons: number;
  /** How many counts are off by one, of neurons that are no further than TIE from the other side. */
  readonly nextToTie: number;
  /** How many other counts are wrong: must be 0. */
  readonly broken: number;
}

/** How near to a tie a neuron may come out on its other side, in spikes: sums of some thousand float32 terms lose that much. */
const TIE = 2 ** -11;

/**
 * Checks the law on all spiking layers of one image.
 * @param image [height, width, channels], as the run was given it
 * @param counts per spiking layer [neurons]: signed counts of one image at the end of a settling run
 * @example
 * const settled = simulate(snn, image, { steps: 8, schedule: 'settling', record: { counts: true } });
 * const counts = settled.record.slice(0, -1).map((layer) => layer.counts);
 * checkExactLaw(snn, image, counts, 8).every((layer) => layer.broken === 0); // true
 */
export function checkExactLaw(
  network: SpikingNetwork,
  image: Float32Array<ArrayBufferLike>,
  counts: readonly Int32Array[],
  steps: number,
  wiring: readonly LayerWiring[] = wiringOf(network),
): ExactLaw[] {
  const constant = analogueCurrents(network, image);
  const settled = settledCount(network, steps);
  return counts.map((found, l) => {
    const layer = wiring[l]!;
    const totals = Float64Array.from(constant[l]!, (current) => current * steps);
    for (const synapses of layer.spikes) propagate(synapses, counts[synapses.from]!, totals);
    let [nextToTie, broken] = [0, 0];
    totals.forEach((total, i) => {
      const theta = layer.theta[i]!;
      const count = found[i]!;
      if (Number.isFinite(total) && count === settled(total, theta)) return;
      const near =
        Number.isFinite(total) &&
        [-TIE, TIE].some((epsilon) => count === settled(total + epsilon * theta, theta));
      if (near) nextToTie++;
      else broken++;
    });
    return { name: layer.name, neurons: found.length, nextToTie, broken };
  });
}
