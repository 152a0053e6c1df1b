/** @file A data set that threads can look at without a copy of it. */
import type { Dataset } from './dataset.ts';

/** The data set with its images in shared memory: copied, unless they are there already. */
export function shareImages(dataset: Dataset): Dataset {
  if (dataset.images.buffer instanceof SharedArrayBuffer) return dataset;
  const images = new Uint8Array(new SharedArrayBuffer(dataset.images.length));
  images.set(dataset.images);
  return { ...dataset, images };
}
