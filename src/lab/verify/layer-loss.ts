/**
 * @file One layer of a checked network: how its rates differ from the activations they stand for, in short and in full.
 */
import type { Histogram } from '../../proof/anatomy/error-statistics.ts';
import type { LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';

export interface LayerLoss {
  readonly name: string;
  /** Pearson's, between rate N/T and the trained activation, both in theta. */
  readonly correlation: number;
  /** Root mean square of their difference, in theta. */
  readonly error: number;
  /** Mean of their difference, in theta: what does not cancel. */
  readonly bias: number;
  /** Share of neurons whose count is not the quantised network's. */
  readonly otherCount: number;
  /** Of the differences, in theta. */
  readonly histogram: Histogram;
  readonly anatomy: LayerAnatomy;
}

/** @param others per layer: counts that are not the quantised network's, over all images */
export function layerLosses(layers: readonly LayerAnatomy[], others: readonly number[]): LayerLoss[] {
  return layers.map((anatomy, l) => ({
    name: anatomy.name,
    correlation: anatomy.correlation,
    error: anatomy.whole.rms,
    bias: anatomy.whole.mean,
    otherCount: others[l]! / (anatomy.neurons * anatomy.images),
    histogram: anatomy.whole.histogram,
    anatomy,
  }));
}
