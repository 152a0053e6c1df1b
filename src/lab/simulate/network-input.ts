/**
 * @file Images as a network takes them.
 */
import { snapImages } from '../../convert/transforms/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import { normalised } from '../../data/normalise.ts';
import type { SpikingNetwork } from '../../snn/network.ts';

/**
 * Images `start` to `start + count` of a data set: [count, height, width, channels], normalised, and rounded as the network's
 * dyadic grid asks when it has one.
 */
export function networkInput(
  dataset: Dataset,
  start: number,
  count: number,
  network?: SpikingNetwork,
): Float32Array<ArrayBuffer> {
  const input = normalised(dataset, start, count);
  const grid = network?.grid;
  return grid?.kind === 'dyadic' ? snapImages(input, grid) : input;
}
