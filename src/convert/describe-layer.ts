/** @file One line of the conversion report: what a spiking layer was made of. */
import type { SpikingLayer } from '../snn/network.ts';
import type { LayerReport } from './report.ts';
import type { CurrentSignal } from './signal.ts';

/** @param sourceName of a layer's index; -1 is the image */
export function describeLayer(
  layer: SpikingLayer,
  current: CurrentSignal,
  foldedFrom: readonly string[],
  sourceName: (from: number) => string,
): LayerReport {
  let count = 0;
  let largest = 0;
  current.parts.forEach((part, p) => {
    layer.inputs[p]!.weight.forEach((weight, i) => {
      const change = Math.abs(weight - (part.original?.[i] ?? 0));
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
      from: sourceName(s.from),
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
