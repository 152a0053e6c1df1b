/** @file Whether images and a network are made for each other. */
import { InputError } from '../errors.ts';
import type { MapShape } from '../nn/architecture.ts';
import type { Dataset } from './dataset.ts';

/**
 * @param network trained or spiking, or its architecture
 * @param remedy what to do instead, as the end of the message
 * @throws InputError when the network was made for images of another shape or for other classes
 */
export function checkInput(
  network: { readonly name: string; readonly input: MapShape; readonly classes: number },
  dataset: Pick<Dataset, 'name' | 'shape' | 'classes'>,
  remedy = 'use the data set the network was trained on',
): void {
  const same = network.input.join() === dataset.shape.join() && network.classes === dataset.classes;
  if (same) return;
  throw new InputError(
    `${dataset.name}: images of ${dataset.shape.join('x')} in ${dataset.classes} classes, but ${network.name} expects ${network.input.join('x')} in ${network.classes}; ${remedy}`,
  );
}
