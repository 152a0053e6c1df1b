import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ndarray from 'ndarray';
import { decodeNpy, encodeNpy, type NpyArray } from '../../src/data/npy.ts';
import { InputError } from '../../src/errors.ts';
import { Random } from '../../src/random/random.ts';

const KINDS = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
];
const arrays = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    seed: fc.integer(),
  })
  .map(({ kind, shape, seed }): ndarray.NdArray<NpyArray> => {
    const random = Random.seeded(seed);
    const count = shape.reduce((a, b) => a * b, 1);
    return ndarray(new kind(Array.from({ length: count }, () => random.integer(100))) as NpyArray, shape);
  });
/** All values by their indices, row by row. */
function values(array: ndarray.NdArray<NpyArray>): number[] {
  const walk = (at: number[]): number[] =>
    at.length === array.shape.length
      ? [array.get(...at)]
      : Array.from({ length: array.shape[at.length]! }, (_, k) => walk([...at, k])).flat();
  return walk([]);
}

test('an array comes back with kind, shape and values', () => {
  fc.assert(
    fc.property(arrays, (array) => {
      const read = decodeNpy(encodeNpy(array), 'a.npy');
      assert.deepEqual(read.shape, array.shape);
      assert.equal(read.data.constructor, array.data.constructor);
      assert.deepEqual(values(read), values(array));
    }),
  );
});

test('a transposed view is written as it reads', () => {
  const array = ndarray(Float32Array.from({ length: 24 }, (_, i) => i) as NpyArray, [2, 3, 4]);
  const view = array.transpose(2, 0, 1).step(2, -1, 1);
  const read = decodeNpy(encodeNpy(view), 'a.npy');
  assert.deepEqual(read.shape, view.shape);
  assert.deepEqual(values(read), values(view));
});

/** numpy.save of [[1, 2, 3], [4, 5, 6]] as int16, in columns. */
function numpyFile(header: string, data: readonly number[]): Uint8Array {
  const text = header.padEnd(117);
  return new Uint8Array([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    1,
    0,
    118,
    0,
    ...new TextEncoder().encode(`${text}\n`),
    ...data,
  ]);
}

test('columns first is read by its indices', () => {
  const file = numpyFile(
    "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }",
    [1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6, 0],
  );
  assert.deepEqual(values(decodeNpy(file, 'a.npy')), [1, 2, 3, 4, 5, 6]);
});

test('cut anywhere, of another kind, or something else: refused by name', () => {
  const whole = encodeNpy(ndarray(Int32Array.of(1, 2, 3) as NpyArray, [3]));
  for (let length = 0; length < whole.length; length++) {
    assert.throws(
      () => decodeNpy(whole.slice(0, length), 'cut.npy'),
      (error) => error instanceof InputError && error.message.startsWith('cut.npy: '),
    );
  }
  const header = (descr: string): Uint8Array =>
    numpyFile(`{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }`, [0, 0]);
  for (const descr of ['>i2', '<f2', '|O', 'constructor']) {
    assert.throws(() => decodeNpy(header(descr), 'k.npy'), /^InputError: k\.npy: values of kind/);
  }
});
