/**
 * @file How the rates of the layers differ from the activations that they stand for, in short and in full.
 */
import type { LayerAnatomy } from '../../proof/anatomy/layer-anatomy.ts';
import type { LayerLoss, LossyLayer } from '../../report/verification-report.ts';

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

/** Correlations that differ by less are equal up to rounding. */
const EQUAL = 1e-6;

/** The layer at which the correlation of rates and activations falls most; null where it falls nowhere. */
export function lossyLayer(layers: readonly Pick<LayerLoss, 'name' | 'correlation'>[]): LossyLayer | null {
  let found: LossyLayer | null = null;
  let from = 1;
  for (const { name, correlation } of layers) {
    const most = found ? found.from - found.to : 0;
    if (from - correlation > Math.max(EQUAL, most)) found = { name, from, to: correlation };
    from = correlation;
  }
  return found;
}
