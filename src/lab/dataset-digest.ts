import type { Dataset } from '../data/dataset.ts';
import { bytesDigest } from '../io/digest.ts';
import { mapSize } from '../nn/architecture.ts';

/** SHA-256 of the images and their labels. */
export function datasetDigest(dataset: Dataset): string {
  const { count, shape, images, labels } = dataset;
  const size = count * mapSize(shape);
  const classes = new Uint8Array(labels.buffer, labels.byteOffset, count * labels.BYTES_PER_ELEMENT);
  const bytes = new Uint8Array(size + classes.length);
  bytes.set(images.subarray(0, size));
  bytes.set(classes, size);
  return bytesDigest(bytes, 'sha256');
}
