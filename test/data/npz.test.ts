import assert from 'node:assert/strict';
import { test } from 'node:test';
import ndarray from 'ndarray';
import { encodeNpy, type NpyArray } from '../../src/data/npy.ts';
import { decodeNpz } from '../../src/data/npz.ts';
import { crc32, zipMembers } from '../../src/data/zip.ts';
import { Random } from '../../src/random/random.ts';
import { packZip, type ZipEntry } from './pack-zip.ts';

const npy = (values: NpyArray, shape: number[]): Uint8Array => encodeNpy(ndarray(values, shape));
const random = Random.seeded(5);
const ENTRIES: readonly ZipEntry[] = [
  {
    name: 'x_train.npy',
    bytes: npy(
      Uint8Array.from({ length: 20_000 }, () => random.integer(4)),
      [200, 10, 10],
    ),
  },
  {
    name: 'y_train.npy',
    bytes: npy(
      Uint8Array.from({ length: 200 }, (_, i) => i % 3),
      [200],
    ),
  },
  { name: 'small.npy', bytes: npy(Int32Array.of(-5), [1]) },
];
const ways = [{}, { deflate: false }, { wide: true }, { deflate: false, wide: true }];

test('arrays come back, stored or deflated, with sizes in either place', async () => {
  for (const way of ways) {
    const npz = decodeNpz(packZip(ENTRIES, way), 'a.npz');
    assert.deepEqual(npz.names, ['x_train', 'y_train', 'small']);
    const x = await npz.array('x_train');
    assert.deepEqual(x.shape, [200, 10, 10]);
    assert.deepEqual([...(x.data as Uint8Array)], [...ENTRIES[0]!.bytes.subarray(-20_000)]);
    assert.deepEqual([...((await npz.array('small')).data as Int32Array)], [-5]);
  }
});

test('CRC-32 of the usual check text', () => {
  assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
});

test('a missing array is refused, with those that there are', async () => {
  const npz = decodeNpz(packZip(ENTRIES), 'a.npz');
  await assert.rejects(
    npz.array('x_test'),
    /^InputError: a\.npz: expected an array x_test, found x_train, y_train, small; give the names of yours$/,
  );
  assert.throws(
    () => decodeNpz(Uint8Array.of(1, 2, 3), 'a.npz'),
    /^InputError: a\.npz: expected a ZIP archive/,
  );
});

test('a changed bit in the content is noticed', async () => {
  for (const way of ways) {
    const bytes = packZip(ENTRIES, way);
    const [first] = zipMembers(bytes, 'a.npz');
    bytes[first!.at + 60 + Math.floor(first!.packed / 2)]! ^= 1;
    await assert.rejects(decodeNpz(bytes, 'a.npz').array('x_train'), /^InputError: a\.npz: x_train/);
  }
});

test('a size that its compressed bytes cannot have, or that the array does not have, is refused before room is made', async () => {
  const header = npy(new Uint8Array(0), [0]);
  const text = String.fromCharCode(...header).replace('(0,), }          ', '(99999999999,), }');
  const claims = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const bytes = packZip([{ name: 'big.npy', bytes: claims }]);
  await assert.rejects(
    decodeNpz(bytes, 'a.npz').array('big'),
    /^InputError: a\.npz: big: values of shape .* make/,
  );
  const view = new DataView(bytes.buffer);
  const directory = bytes.length - 22 - 46 - 'big.npy'.length;
  view.setUint32(directory + 24, 0xfffffff0, true);
  await assert.rejects(
    decodeNpz(bytes, 'a.npz').array('big'),
    /^InputError: a\.npz: big\.npy is damaged \(\d+ bytes cannot hold the 4294967280 that it claims\)/,
  );
});
