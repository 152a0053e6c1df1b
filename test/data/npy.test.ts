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
  for (const descr of ['<f2', '|O', '<U3', '>c8', '|i2', 'constructor']) {
    assert.throws(() => decodeNpy(header(descr), 'k.npy'), /^InputError: k\.npy: values of kind/);
  }
});

test('big-endian, 8-byte whole numbers and booleans are read; what float64 cannot hold is refused', () => {
  const one = (descr: string, data: readonly number[]): number[] =>
    values(
      decodeNpy(numpyFile(`{'descr': '${descr}', 'fortran_order': False, 'shape': (1,), }`, data), 'k.npy'),
    );
  assert.deepEqual(one('>i2', [255, 254]), [-2]);
  assert.deepEqual(one('>f4', [0x3f, 0x80, 0, 0]), [1]);
  assert.deepEqual(one('<i8', [254, 255, 255, 255, 255, 255, 255, 255]), [-2]);
  assert.deepEqual(one('>u8', [0, 0, 0, 0, 0, 0, 1, 2]), [258]);
  assert.deepEqual(one('|b1', [1]), [1]);
  assert.deepEqual(one('<u1', [200]), [200]);
  assert.throws(
    () => one('<u8', Array(8).fill(255)),
    /^InputError: k\.npy: 18446744073709551615 is beyond 2\^53/,
  );
});

test('5,000 dimensions, a header of 130 KB and a table of fields are refused at once', () => {
  const header = (text: string): Uint8Array => {
    const bytes = new TextEncoder().encode(text);
    const long = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 0, 0, 0, 0);
    new DataView(long.buffer).setUint32(8, bytes.length, true);
    return Uint8Array.from([...long, ...bytes, 7]);
  };
  const deep = `{'descr': '|u1', 'fortran_order': False, 'shape': (${'1,'.repeat(4900)}), }`;
  assert.throws(
    () => decodeNpy(header(deep), 'd.npy'),
    /^InputError: d\.npy: an array has at most 32 dimensions here, found 4900/,
  );
  assert.throws(
    () => decodeNpy(header(' '.repeat(130_000)), 'd.npy'),
    /at most 10000 characters, found 130000/,
  );
  const table = "{'descr': [('a', '<i4'), ('b', '<f8')], 'fortran_order': False, 'shape': (1,), }";
  assert.throws(
    () => decodeNpy(header(table), 'd.npy'),
    /^InputError: d\.npy: values of kind with several fields/,
  );
  const vast = `{'descr': '<f8', 'fortran_order': False, 'shape': (${'99999999,'.repeat(4)}), }`;
  assert.throws(() => decodeNpy(header(vast), 'd.npy'), /more than any file holds/);
});
