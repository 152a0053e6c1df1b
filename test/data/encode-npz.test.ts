/** @file npz files are those that the reader reads, and NumPy: stored members, right sums, the same bytes at any time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeNpz } from '../../src/data/encode-npz.ts';
import { encodeZip } from '../../src/data/encode-zip.ts';
import { decodeNpz } from '../../src/data/npz.ts';
import { zipMembers } from '../../src/data/zip.ts';

const ARRAYS = new Map([
  ['weights', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 0.25, -1e-7) }],
  ['t', { shape: [4], data: Int32Array.of(0, 1, 2, -3) }],
  ['sign', { shape: [4], data: Int8Array.of(1, -1, 1, 5) }],
  ['none', { shape: [0], data: Int32Array.of() }],
]);

test('arrays come back as they went', async () => {
  const npz = decodeNpz(encodeNpz(ARRAYS), 'a.npz');
  assert.deepEqual(npz.names, [...ARRAYS.keys()]);
  for (const [name, { shape, data }] of ARRAYS) {
    const found = await npz.array(name);
    assert.deepEqual([found.shape, found.data], [shape, data], name);
  }
});

test('members are stored one after the other, as a ZIP reader expects them', () => {
  const bytes = encodeZip(
    new Map([
      ['a', Uint8Array.of(1, 2, 3)],
      ['é', new Uint8Array(0)],
    ]),
  );
  const members = zipMembers(bytes, 'a.zip').map(({ name, size, packed, method, crc, at }) => [
    name,
    size,
    packed,
    method,
    crc,
    at,
  ]);
  assert.deepEqual(members, [
    ['a', 3, 3, 0, 0x55bc801d, 0],
    ['é', 0, 0, 0, 0, 34],
  ]);
  assert.deepEqual(encodeNpz(ARRAYS), encodeNpz(ARRAYS));
});

test('an archive of no members is one', () => {
  assert.deepEqual(zipMembers(encodeZip(new Map()), 'a.zip'), []);
});
