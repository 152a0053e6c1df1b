/** @file The class of a row is the first of its largest values, also where they are equal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { argmax } from '../../src/nn/argmax.ts';

test('the first of the largest, counted from the start of its row', () => {
  const row = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(row, row, row, (before, values, after) => {
      const all = [...before, ...values, ...after];
      const expected = values.indexOf(values.reduce((a, b) => Math.max(a, b)));
      assert.equal(argmax(all, before.length, values.length), expected);
      assert.equal(argmax(values), expected);
      assert.equal(argmax([...before, ...values], before.length), expected);
    }),
  );
});
