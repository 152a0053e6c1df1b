/** @file One line of the conversion report: what a spiking layer was made of, and what folding changed. */
import type { MapShape } from '../nn/architecture.ts';
import { type Square, squareOf } from '../nn/map-window.ts';
import { windowOfPool } from '../snn/geometry.ts';
import type { SpikingLayer } from '../snn/network.ts';
import type { FoldedLayer } from './fold-layers.ts';

/** What one spiking layer was made of. */
export interface LayerReport {
  readonly name: string;
  readonly shape: MapShape;
  /** The smallest and the largest threshold, and how many there are; null for the readout. */
  readonly theta: { readonly min: number; readonly max: number; readonly count: number } | null;
  /** Layers of the trained network that ended in this one. */
  readonly foldedFrom: readonly string[];
  readonly synapses: readonly {
    readonly kind: 'conv2d' | 'linear' | 'identity';
    /** The layer that sends, or 'image'. */
    readonly from: string;
    /** The source map is averaged over windows of pool x pool places, or of so many rows and columns. */
    readonly pool: Square;
    /** First the largest counts are taken, over windows of this size. */
    readonly maxPool?: Square;
    /** How many weights there are. */
    readonly weights: number;
  }[];
  /** How many weights are not what training left, to float32, and by how much at most. */
  readonly moved: { readonly count: number; readonly largest: number };
  /** How many channels have a constant current, and the largest in size. */
  readonly bias: { readonly count: number; readonly largest: number };
}

/** @param folded all layers as they were before they had thresholds; `layer` was made of `folded[l]` */
export function layerReport(layer: SpikingLayer, folded: readonly FoldedLayer[], l: number): LayerReport {
  const { summands, foldedFrom } = folded[l]!;
  let count = 0;
  let largest = 0;
  summands.forEach((summand, k) => {
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
      pool: squareOf(windowOfPool(s.pool).window),
      ...(s.maxPool && { maxPool: squareOf(windowOfPool(s.maxPool).window) }),
      weights: s.weight.length,
    })),
    moved: { count, largest },
    bias: {
      count: layer.bias.reduce((n, b) => n + (b === 0 ? 0 : 1), 0),
      largest: layer.bias.reduce((m, b) => Math.max(m, Math.abs(b)), 0),
    },
  };
}
