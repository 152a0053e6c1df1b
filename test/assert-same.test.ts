/** @file Large data that differ: the first place is named, and what is equal passes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertSame } from './support/assert-same.ts';

test('it refuses what assert.deepEqual refuses, and nothing else', () => {
  const values = fc.oneof(
    fc.anything({ withTypedArray: true }),
    fc.record({ counts: fc.int32Array(), logits: fc.float32Array() }),
  );
  const passes = (check: () => void): boolean => {
    try {
      check();
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(values, values, (one, other) => {
      for (const [a, b] of [
        [one, other],
        [one, structuredClone(one)],
      ])
        assert.equal(
          passes(() => assertSame(a, b)),
          passes(() => assert.deepEqual(a, b)),
        );
    }),
  );
});

test('the first place that differs stands in the message, with both values', () => {
  const found = { layers: [{ name: 'a' }, { counts: Float64Array.of(1, 2, 0) }] };
  const expected = { layers: [{ name: 'a' }, { counts: Float64Array.of(1, 2, -0) }] };
  assert.throws(
    () => assertSame(found, expected, 'two lanes'),
    /^AssertionError.*: two lanes: expected -0 at \.layers\[1\]\.counts\[2\], found 0$/,
  );
  assert.throws(() => assertSame([1], [1, 2]), /the same: expected 2 at \[1\], found undefined$/);
  assert.throws(() => assertSame(1, [1]), /expected Array of 1 at the value itself, found 1$/);
});
