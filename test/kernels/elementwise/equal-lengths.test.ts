/** @file y = a + b, y = a * b: the fast loops give the bits of the plain ones, at any length, in place too. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { equalLengths } from '../../../src/kernels/elementwise/equal-lengths.ts';
import { map } from '../../../src/kernels/elementwise/reference.ts';
import { createMap } from '../../../src/kernels/elementwise/simd.ts';
import { onHeap } from '../support.ts';
import { arena, heap, local } from '../vector-support.ts';

const reference = equalLengths(map);
const simd = equalLengths(createMap(arena, local));
const lengths = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 16000, max: 50000 }));

for (const name of ['add', 'multiply'] as const) {
  test(`${name}: simd = reference, bit for bit`, () => {
    fc.assert(
      fc.property(lengths, fc.constantFrom('apart', 'into a', 'into b'), fc.nat(), (n, place, seed) =>
        onHeap(heap, (array) => {
          const [a, b] = [array(n, seed), array(n, seed + 1)];
          const expected = new Float32Array(n);
          reference[name](a, b, expected);
          const guarded = array(n + 4);
          const y = place === 'apart' ? guarded.subarray(0, n) : place === 'into a' ? a : b;
          simd[name](a, b, y);
          assert.deepEqual(new Float32Array(y), expected);
          assert.ok(guarded.subarray(n).every(Number.isNaN), 'writes behind the end');
        }),
      ),
      { numRuns: 150 },
    );
  });
}
