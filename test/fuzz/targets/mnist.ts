import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parseIdx } from '../../../src/data/idx.ts';
import { MNIST, readMnist } from '../../../src/data/mnist.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { type FuzzTarget, target } from '../target.ts';

function idx(type: number, shape: readonly number[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(4 + 4 * shape.length + bytes);
  whole.set([0, 0, type, shape.length]);
  const view = new DataView(whole.buffer);
  for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
  return whole.fill(3, 4 + 4 * shape.length);
}

const [images, labels] = [idx(8, [2, 28, 28], 2 * 784), idx(8, [2], 2)];

export const idxFile: FuzzTarget = target({
  name: 'idx',
  says: 'IDX arrays of any kind',
  inputs: nearlyBytes(images, labels, idx(0x0d, [2, 3], 24), idx(0x0b, [1, 1, 1, 1], 2)),
  read(bytes: Uint8Array<ArrayBuffer>) {
    const { shape, data } = parseIdx(bytes, 'x.idx');
    assert.equal(
      data.length,
      shape.reduce((a, b) => a * b, 1),
    );
  },
});

const packed = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(bytes));

export const mnist: FuzzTarget = target({
  name: 'mnist',
  says: 'images and labels of MNIST, compressed or not',
  weight: 0.5,
  inputs: fc.tuple(nearlyBytes(images, packed(images)), nearlyBytes(labels, packed(labels))),
  async read([first, second]: readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]) {
    const read = await readMnist(MNIST, { name: 'i', bytes: first }, { name: 'l', bytes: second });
    assert.ok(read.count > 0);
    assert.equal(read.images.length, read.count * 784);
    assert.ok(read.labels.every((label) => label < read.classes));
  },
});
