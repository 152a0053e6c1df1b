/**
 * @file The engine `auto` over a data set: it chooses by the first images once, for all portions and repetitions, so that no result
 * depends on how large a portion was.
 */
import { type Dataset, take } from '../../data/dataset.ts';
import { productLayers } from '../../snn/engines/auto-engine.ts';
import { TUNING_IMAGES } from '../../snn/engines/tuned-layers.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import { CHOOSING_IMAGES, type SimulateOptions } from '../../snn/simulation.ts';
import { networkInput } from './network-input.ts';

/** The same options, for `auto` with the layers that are computed by products. */
export function chooseOnce<T extends SimulateOptions>(
  network: SpikingNetwork,
  dataset: Dataset,
  options: T,
): T {
  if (options.engine !== 'auto' || options.products !== undefined || dataset.count === 0) return options;
  const first = take(dataset, options.tune ? TUNING_IMAGES : CHOOSING_IMAGES);
  const images = networkInput(first, 0, first.count, network);
  const begun = performance.now();
  const products = productLayers(network, requestOf(network, options), images);
  options.profile?.add('choice of products', (performance.now() - begun) / 1000);
  return { ...options, products };
}
