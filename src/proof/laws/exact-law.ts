/**
 * @file The exact modes (law L16, L17) on an actual settling run: every neuron's count must be what the sum of its
 * currents asks for, given the counts that the layers before it really sent. On weights and images of a grid that is
 * equality. On others the float32 sums of an engine may put a neuron that is next to a tie on its other side: such a
 * count is off by one spike and is reported apart; anything else breaks the law.
 */
import type { SpikingNetwork } from '../../snn/network.ts';
import { analogueCurrents, type LayerWiring, propagate, wiringOf } from '../../snn/wiring.ts';
import { settledCount } from '../networks/quantised.ts';

export interface ExactLaw {
  readonly name: string;
  readonly neurons: number;
  /** Counts that are off by one and no further than TIE from the other side. */
  readonly nextToTie: number;
  /** Any other wrong count: must be 0. */
  readonly broken: number;
}

/** In spikes: float32 keeps 2^-24 of a sum, and sums of some thousand terms lose a few thousand times that. */
export const TIE: number = 2 ** -11;

/**
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
      if (count === settled(total, theta)) return;
      const near = [-TIE, TIE].some((epsilon) => count === settled(total + epsilon * theta, theta));
      if (near) nextToTie++;
      else broken++;
    });
    return { name: layer.name, neurons: found.length, nextToTie, broken };
  });
}
