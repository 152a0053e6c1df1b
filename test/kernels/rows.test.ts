/** @file addBias and sumRows: simd = reference. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as reference from '../../src/kernels/rows/reference.ts';
import { createRows } from '../../src/kernels/rows/simd.ts';
import { allClose, onHeap } from './support.ts';
import { arena, dyadic, heap, local, shapes } from './vector-support.ts';

const simd = createRows(arena, local);

test('addBias: simd = reference, bit for bit, in place too', () => {
  fc.assert(
    fc.property(shapes, fc.boolean(), fc.nat(), (shape, inPlace, seed) =>
      onHeap(heap, (array) => {
        const size = shape.rows * shape.channels;
        const [x, bias] = [array(size, seed), array(shape.channels, seed + 1)];
        const expected = new Float32Array(size);
        reference.addBias(x, bias, expected, shape);
        const y = inPlace ? x : array(size);
        simd.addBias(x, bias, y, shape);
        assert.deepEqual(new Float32Array(y), expected);
      }),
    ),
  );
});

test('sumRows: simd = reference, exactly where the sums are exact', () => {
  fc.assert(
    fc.property(shapes, fc.boolean(), fc.nat(), (shape, exact, seed) =>
      onHeap(heap, (array) => {
        const x = array(shape.rows * shape.channels, seed);
        if (exact) dyadic(x);
        const expected = new Float64Array(shape.channels);
        reference.sumRows(x, expected, shape);
        const sums = array(shape.channels);
        simd.sumRows(x, sums, shape);
        allClose(sums, expected, exact ? 0 : shape.rows * 2 ** -23);
      }),
    ),
  );
});
