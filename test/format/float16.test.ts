import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromFloat16, toFloat16 } from '../../src/format/float16.ts';

const finite = Array.from({ length: 0x7c00 }, (_, bits) => fromFloat16(bits)); // all halves >= 0, ascending

test('every half survives the way there and back', () => {
  for (let bits = 0; bits < 65536; bits++) {
    const value = fromFloat16(bits);
    if (Number.isNaN(value))
      assert.ok((toFloat16(value) & 0x7c00) === 0x7c00 && (toFloat16(value) & 1023) !== 0);
    else assert.equal(toFloat16(value), bits);
  }
});

test('values by definition', () => {
  const known = [
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
  ] as const;
  for (const [bits, value] of known) assert.equal(fromFloat16(bits), value);
  assert.equal(fromFloat16(0x7c00), Number.POSITIVE_INFINITY);
  assert.ok(Object.is(fromFloat16(0x8000), -0));
});

test('rounds to the nearest half, ties to the even one, odd in its argument', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 0x7bfe }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (bits, t) => {
        const [low, high] = [finite[bits]!, finite[bits + 1]!];
        for (const share of [t, 0.5, 0.5 - 2 ** -30, 0.5 + 2 ** -30]) {
          const value = low + share * (high - low); // at most one rounding of a double, far below half a step
          const nearer =
            value - low < high - value ? bits : value - low > high - value ? bits + 1 : bits + (bits & 1);
          assert.equal(toFloat16(value), nearer);
          assert.equal(toFloat16(-value), nearer | 0x8000);
        }
      },
    ),
    { numRuns: 2000 },
  );
  assert.equal(toFloat16(65519.99), 0x7bff);
  assert.equal(toFloat16(65520), 0x7c00);
  assert.equal(toFloat16(-1e300), 0xfc00);
});
