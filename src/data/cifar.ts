/**
 * @file The binary versions of CIFAR-10 and CIFAR-100: records of one label byte (CIFAR-100: coarse, then fine), then 1,024 red,
 * 1,024 green and 1,024 blue bytes.
 */
import { InputError } from '../errors.ts';
import type { MapShape } from '../nn/architecture.ts';
import { CIFAR10_CLASSES, CIFAR100_CLASSES, CIFAR100_COARSE_CLASSES } from './cifar-classes.ts';
import { trainingStatistics } from './create-dataset.ts';
import { checkDataset, type Dataset } from './dataset.ts';
import type { NamedBytes } from './mnist.ts';

export { CIFAR10_CLASSES } from './cifar-classes.ts';

const SHAPE: MapShape = [32, 32, 3];
const PLANE = 32 * 32;

/** Which labels of CIFAR-100: 100 fine classes, or the 20 coarse ones that they belong to. */
export type Cifar100Labels = 'fine' | 'coarse';

/** How a version lays out its records, and what its labels mean. */
interface Version {
  /** Label bytes of a record, and which of them is read. */
  readonly labelBytes: number;
  readonly labelAt: number;
  readonly classNames: readonly string[];
}

/**
 * Reads the files of CIFAR-10 in the order given; their colour planes become channels last.
 * @throws InputError when a file is no whole number of records, or a label is not below 10
 */
export function readCifar10(files: readonly NamedBytes[]): Dataset {
  const read = readRecords(files, { labelBytes: 1, labelAt: 0, classNames: CIFAR10_CLASSES });
  const statistics = { mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616] };
  return { ...read, name: 'cifar-10', ...statistics };
}

/**
 * Reads a file of CIFAR-100; mean and deviation are those of its images.
 * @throws InputError when it is no whole number of records, or a label is no class
 */
export function readCifar100(files: readonly NamedBytes[], labels: Cifar100Labels = 'fine'): Dataset {
  const classNames = labels === 'fine' ? CIFAR100_CLASSES : CIFAR100_COARSE_CLASSES;
  const read = readRecords(files, { labelBytes: 2, labelAt: labels === 'fine' ? 1 : 0, classNames });
  const name = labels === 'fine' ? 'cifar-100' : 'cifar-100:coarse';
  return { ...read, name, ...trainingStatistics(read.images, 3) };
}

function readRecords(
  files: readonly NamedBytes[],
  { labelBytes, labelAt, classNames }: Version,
): Omit<Dataset, 'name'> {
  const size = labelBytes + 3 * PLANE;
  for (const { name, bytes } of files) {
    if (bytes.length === 0 || bytes.length % size !== 0) {
      throw new InputError(
        `${name}: expected records of ${size} bytes, found ${bytes.length} bytes, ${bytes.length % size} too many; download it again`,
      );
    }
  }
  const count = files.reduce((sum, file) => sum + file.bytes.length / size, 0);
  const classes = classNames.length;
  const images = new Uint8Array(sharedIfPossible(count * 3 * PLANE)); // a prefetching thread reads them too
  const labels = new Uint8Array(count);
  let at = 0;
  for (const { name, bytes } of files) {
    for (let record = 0; record < bytes.length; record += size, at++) {
      const label = bytes[record + labelAt]!;
      if (label >= classes) {
        throw new InputError(
          `${name}: label ${label} of record ${record / size} is not below ${classes}; download it again`,
        );
      }
      labels[at] = label;
      for (let pixel = 0; pixel < PLANE; pixel++) {
        const to = 3 * (at * PLANE + pixel);
        const from = record + labelBytes + pixel;
        images[to] = bytes[from]!;
        images[to + 1] = bytes[from + PLANE]!;
        images[to + 2] = bytes[from + 2 * PLANE]!;
      }
    }
  }
  const source = files.map((file) => file.name).join(', ');
  const read = { images, labels, count, shape: SHAPE, classes, classNames, synthetic: false };
  return checkDataset({ ...read, name: 'cifar', mean: [0, 0, 0], deviation: [1, 1, 1] }, source);
}

function sharedIfPossible(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}
