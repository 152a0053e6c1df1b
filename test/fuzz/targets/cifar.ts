import assert from 'node:assert/strict';
import { readCifar10 } from '../../../src/data/cifar.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

const SAMPLE = new Uint8Array(2 * 3073).fill(5);

export const cifar: FuzzTarget = target({
  name: 'cifar',
  says: 'binary batches of CIFAR-10',
  inputs: nearlyBytes(SAMPLE),
  read(bytes: Uint8Array<ArrayBuffer>) {
    const read = readCifar10([{ name: 'x.bin', bytes }]);
    assert.ok(read.count > 0);
    assert.equal(read.images.length, read.count * 3072);
    assert.ok(read.labels.every((label) => label < 10));
  },
});
