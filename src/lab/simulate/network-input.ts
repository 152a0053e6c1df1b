/**
 * @file Images as a network takes them.
 */
import { snapImages } from '../../convert/transforms/index.ts';
import type { Dataset } from '../../data/dataset.ts';
import { normalised } from '../../data/normalise.ts';
import { InputError } from '../../errors.ts';
import type { MapShape } from '../../nn/architecture.ts';
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

/** @throws InputError when a network, trained or spiking, was made for other images */
export function checkInput(
  network: { readonly name: string; readonly input: MapShape; readonly classes: number },
  dataset: Dataset,
): void {
  const same = network.input.join() === dataset.shape.join() && network.classes === dataset.classes;
  if (same) return;
  throw new InputError(
    `${dataset.name}: images of ${dataset.shape.join('x')} in ${dataset.classes} classes, but ${network.name} expects ${network.input.join('x')} in ${network.classes}; use the data set the network was trained on`,
  );
}
