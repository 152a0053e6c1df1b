/**
 * @file The error anatomy of a whole network in a few numbers: means over its layers, each neuron counted once.
 */
import { ERROR_PARTS, type ErrorPart, type LayerAnatomy } from '../proof/anatomy/layer-anatomy.ts';

/** Errors are rate - activation, in theta. */
export interface AnatomySummary {
  readonly steps: number;
  readonly images: number;
  readonly mean: number;
  /** Mean of max(e, 0), and of max(-e, 0). */
  readonly positive: number;
  readonly negative: number;
  readonly rms: number;
  /** Rms of each part. */
  readonly parts: Readonly<Record<ErrorPart, number>>;
  /** Mean over the sums that layers go into: what is left of the errors there, and what would be left by chance. */
  readonly survives: number;
  readonly byChance: number;
}

/** @param layers at least one */
export function summariseAnatomy(layers: readonly LayerAnatomy[]): AnatomySummary {
  const neurons = layers.reduce((sum, layer) => sum + layer.neurons, 0);
  const mean = (value: (layer: LayerAnatomy) => number): number =>
    layers.reduce((sum, layer) => sum + value(layer) * layer.neurons, 0) / neurons;
  const sums = layers.flatMap((layer) => layer.cancellation);
  const over = (value: (sum: (typeof sums)[number]) => number): number =>
    sums.reduce((total, sum) => total + value(sum), 0) / Math.max(1, sums.length);
  return {
    steps: layers[0]!.steps,
    images: layers[0]!.images,
    mean: mean((layer) => layer.whole.mean),
    positive: mean((layer) => layer.whole.positive),
    negative: mean((layer) => layer.whole.negative),
    rms: Math.sqrt(mean((layer) => layer.whole.rms ** 2)),
    parts: Object.fromEntries(
      ERROR_PARTS.map((part) => [part, Math.sqrt(mean((layer) => layer.parts[part].rms ** 2))]),
    ) as Record<ErrorPart, number>,
    survives: over((sum) => sum.survives),
    byChance: over((sum) => sum.byChance),
  };
}
