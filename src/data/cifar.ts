/**
 * @file CIFAR-10's binary version: records of one label byte, then 1,024 red, 1,024 green and 1,024 blue bytes.
 */
import { InputError } from '../errors.ts';
import type { MapShape } from '../nn/architecture.ts';
import { checkDataset, type Dataset } from './dataset.ts';
import type { NamedBytes } from './mnist.ts';

const SHAPE: MapShape = [32, 32, 3];
const PLANE = 32 * 32;
const RECORD = 1 + 3 * PLANE;

export const CIFAR10_CLASSES: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/**
 * Reads the files in the order given; their colour planes become channels last.
 * @throws InputError when a file is no whole number of records, or a label is not below 10
 */
export function readCifar10(files: readonly NamedBytes[]): Dataset {
  for (const { name, bytes } of files) {
    if (bytes.length === 0 || bytes.length % RECORD !== 0) {
      throw new InputError(
        `${name}: expected records of ${RECORD} bytes, found ${bytes.length} bytes, ${bytes.length % RECORD} too many; download it again`,
      );
    }
  }
  const total = files.reduce((sum, file) => sum + file.bytes.length / RECORD, 0);
  const images = new Uint8Array(sharedIfPossible(total * 3 * PLANE)); // a prefetching thread reads them too
  const labels = new Uint8Array(total);
  let at = 0;
  for (const { name, bytes } of files) {
    for (let record = 0; record < bytes.length; record += RECORD, at++) {
      const label = bytes[record]!;
      if (label >= 10) {
        throw new InputError(
          `${name}: label ${label} of record ${record / RECORD} is not below 10; download it again`,
        );
      }
      labels[at] = label;
      for (let pixel = 0; pixel < PLANE; pixel++) {
        const to = 3 * (at * PLANE + pixel);
        const from = record + 1 + pixel;
        images[to] = bytes[from]!;
        images[to + 1] = bytes[from + PLANE]!;
        images[to + 2] = bytes[from + 2 * PLANE]!;
      }
    }
  }
  return checkDataset(
    {
      name: 'cifar-10',
      images,
      labels,
      count: total,
      shape: SHAPE,
      classes: 10,
      classNames: CIFAR10_CLASSES,
      mean: [0.4914, 0.4822, 0.4465],
      deviation: [0.247, 0.2435, 0.2616],
      synthetic: false,
    },
    files.map((file) => file.name).join(', '),
  );
}

function sharedIfPossible(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}
