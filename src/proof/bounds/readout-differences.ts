/**
 * @file The readout as differences: row c answers logit[best] - logit[c]. What the two logits have in common cancels before it is
 * bounded, so that a margin can be certified which separate bounds of the two could not.
 */
import type { ScaledSynapses } from '../../snn/geometry.ts';
import type { LayerWiring } from '../../snn/wiring.ts';

/**
 * The wiring with the readout replaced by differences.
 * @returns null when the readout has an identity or groups: not every row has a number for every class then
 */
export function readoutDifferences(wiring: readonly LayerWiring[], best: number): LayerWiring[] | null {
  const readout = wiring.at(-1)!;
  const all = [...readout.spikes, ...readout.image];
  if (all.some(({ kind, groups }) => kind === 'identity' || groups > 1)) return null;
  const classes = readout.neurons;
  const { unit } = readout;
  const subtract = (synapses: ScaledSynapses): ScaledSynapses => {
    const rows = (i: number): number => synapses.weight[i - (i % classes) + best]!;
    return {
      ...synapses,
      weight: synapses.weight.map((w, i) => rows(i) * unit[best]! - w * unit[i % classes]!),
    };
  };
  const last = { ...readout, spikes: readout.spikes.map(subtract), image: readout.image.map(subtract) };
  return [...wiring.slice(0, -1), last];
}
