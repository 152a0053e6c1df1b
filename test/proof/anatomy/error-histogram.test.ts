import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ErrorHistogram } from '../../../src/proof/anatomy/error-histogram.ts';

test('every error is counted once, in the bin that holds it; what lies outside in the outermost', () => {
  const errors = new ErrorHistogram(1, new Float64Array(5));
  errors.addAll([-9, -1, -0.5, 0, 0.1]);
  errors.addAll([0.19, 0.21, 1, 9]);
  assert.deepEqual([...errors.bins], [2, 1, 3, 1, 2]);
});

test('the histogram of -x is the mirror image', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true })),
      fc.integer({ min: 1, max: 9 }),
      (values, half) => {
        const [there, back] = [
          new ErrorHistogram(1, new Float64Array(2 * half + 1)),
          new ErrorHistogram(1, new Float64Array(2 * half + 1)),
        ];
        // The borders between bins belong to the upper one: stay off them.
        const width = 2 / (2 * half + 1);
        const inside = values.filter((x) => Math.abs((x + 1) / width - Math.round((x + 1) / width)) > 1e-6);
        there.addAll(inside);
        back.addAll(inside.map((x) => -x));
        assert.deepEqual([...there.bins], [...back.bins].reverse());
        assert.equal(
          there.bins.reduce((a, b) => a + b, 0),
          inside.length,
        );
      },
    ),
  );
});
