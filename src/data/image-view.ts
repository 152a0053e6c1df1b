import type { NdArray } from 'ndarray';
import { ndarray } from '../platform/ndarray.ts';
import type { Dataset } from './dataset.ts';

/**
 * The images as an ndarray [count, height, width, channels] over the same bytes.
 * @example
 * imageView(dataset).shape; // [20, 28, 28, 1]
 */
export function imageView(dataset: Dataset): NdArray<Uint8Array<ArrayBufferLike>> {
  return ndarray(dataset.images, [dataset.count, ...dataset.shape]);
}
