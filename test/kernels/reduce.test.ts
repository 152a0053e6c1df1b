/** @file Sums, largest and smallest along an axis: the fast loops give the bits of the plain ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reduce } from '../../src/kernels/reduce/reference.ts';
import { createReduce } from '../../src/kernels/reduce/simd.ts';
import { onHeap } from './support.ts';
import { arena, heap, local } from './vector-support.ts';

const simd = createReduce(arena, local);
const int = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const shapes = fc.oneof(
  { weight: 5, arbitrary: fc.record({ outer: int(1, 6), length: int(1, 40), inner: int(1, 20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ outer: int(1, 2), length: int(60_000, 140_000), inner: fc.constant(1) }),
  },
  { weight: 1, arbitrary: fc.record({ outer: int(1, 2), length: int(3000, 9000), inner: int(9, 19) }) },
);

for (const kind of ['sum', 'max', 'min'] as const) {
  test(`${kind}: simd = plain, bit for bit`, () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) =>
        onHeap(heap, (array) => {
          const { outer, length, inner } = shape;
          const x = array(outer * length * inner, seed);
          const guarded = array(outer * inner + 4);
          const y = guarded.subarray(0, outer * inner);
          const expected = new Float32Array(outer * inner);
          reduce(kind, x, expected, shape);
          simd.reduce(kind, x, y, shape);
          assert.deepEqual(new Float32Array(y), expected);
          assert.ok(guarded.subarray(outer * inner).every(Number.isNaN), 'writes behind the end');
        }),
      ),
      { numRuns: 100 },
    );
  });
}

test('a sum of a million equal numbers is right to the last bit', () => {
  onHeap(heap, (array) => {
    const [x, y] = [array(1_000_003), array(1)];
    x.fill(0.1);
    simd.reduce('sum', x, y, { outer: 1, length: x.length, inner: 1 });
    assert.equal(y[0], Math.fround(x.length * Math.fround(0.1)));
  });
});

test('a NaN stays, wherever it is', () => {
  fc.assert(
    fc.property(int(1, 40), fc.nat(), fc.constantFrom('sum', 'max', 'min' as const), (length, at, kind) =>
      onHeap(heap, (array) => {
        const [x, y] = [array(length, 3), array(1).fill(0)];
        x[at % length] = Number.NaN;
        simd.reduce(kind as 'sum', x, y, { outer: 1, length, inner: 1 });
        assert.ok(Number.isNaN(y[0]));
      }),
    ),
  );
});
