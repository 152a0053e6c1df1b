/** @file The page's views have the fields of ndarray's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ndarray, { type TypedArray } from 'ndarray';
import plain from '../../../../src/playground/engine/data/plain-ndarray.ts';

const KINDS = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
];

test('every field is that of ndarray, for any shape and kind of number', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...KINDS),
      fc.boolean(),
      (shape, Kind, turned) => {
        const data: TypedArray = new Kind(shape.reduce((a, b) => a * b, 1));
        const stride = turned ? shape.map((_, i) => shape.slice(0, i).reduce((a, b) => a * b, 1)) : undefined;
        const [one, other] = [plain(data, shape, stride), ndarray(data, shape, stride)];
        assert.equal(one.data, other.data);
        for (const field of ['shape', 'stride', 'offset', 'dtype'] as const)
          assert.deepEqual(one[field], other[field], field);
      },
    ),
  );
});
