import type { NdArray } from 'ndarray';
import { ndarray } from '../platform/ndarray.ts';
import { checkImageBytes, type Dataset } from './dataset.ts';

/**
 * The images as an ndarray [count, height, width, channels] over the same bytes.
 * @throws InputError when they are not as many bytes as the data set says
 * @example
 * imageView(dataset).shape; // [20, 28, 28, 1]
 */
export function imageView(dataset: Dataset): NdArray<Uint8Array<ArrayBufferLike>> {
  checkImageBytes(dataset, dataset.name);
  return ndarray(dataset.images, [dataset.count, ...dataset.shape]);
}
