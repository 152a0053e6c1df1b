/** @file One line of the conversion report: what a spiking layer was made of. */
import type { SpikingLayer } from '../snn/network.ts';
import type { FoldedLayer } from './fold-layers.ts';
import type { LayerReport } from './report.ts';

/** @param folded all layers before they got thresholds; `layer` was made of `folded[l]` */
export function describeLayer(layer: SpikingLayer, folded: readonly FoldedLayer[], l: number): LayerReport {
  const { current, foldedFrom } = folded[l]!;
  let count = 0;
  let largest = 0;
  current.summands.forEach((summand, k) => {
    layer.inputs[k]!.weight.forEach((weight, i) => {
      const change = Math.abs(weight - (summand.original?.[i] ?? 0));
      if (change > 0) count++;
      largest = Math.max(largest, change);
    });
  });
  const theta = layer.theta;
  return {
    name: layer.name,
    shape: layer.shape,
    theta:
      theta.length === 0
        ? null
        : {
            min: theta.reduce((a, b) => Math.min(a, b)),
            max: theta.reduce((a, b) => Math.max(a, b)),
            count: theta.length,
          },
    foldedFrom,
    synapses: layer.inputs.map((s) => ({
      kind: s.kind,
      from: s.from < 0 ? 'image' : folded[s.from]!.name,
      pool: s.pool,
      weights: s.weight.length,
    })),
    moved: { count, largest },
    bias: {
      count: layer.bias.reduce((n, b) => n + (b === 0 ? 0 : 1), 0),
      largest: layer.bias.reduce((m, b) => Math.max(m, Math.abs(b)), 0),
    },
  };
}
