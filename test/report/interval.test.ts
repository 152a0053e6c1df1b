/** @file Intervals of accuracies: the equation that defines them, their ends, and figures from a text book. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { intervalWords, wilsonInterval, withInterval } from '../../src/report/interval.ts';

test('both ends are the shares from which the count is 1.96 standard deviations away', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (images, part) => {
        const p = Math.round(part * images) / images;
        const [low, high] = wilsonInterval(100 * p, images);
        assert.ok(low >= 0 && high <= 100 && low <= 100 * p + 1e-9 && high >= 100 * p - 1e-9);
        for (const end of [low, high]) {
          const q = end / 100;
          const off = Math.abs(p - q) - 1.959964 * Math.sqrt((q * (1 - q)) / images);
          assert.ok(Math.abs(off) < 1e-6, `${images} images, ${p}: ${off}`);
        }
      },
    ),
  );
});

test('nothing and everything counted leave one end open', () => {
  assert.equal(wilsonInterval(0, 10)[0], 0);
  assert.ok(Math.abs(wilsonInterval(0, 10)[1] - 27.75) < 0.01); // Newcombe, Statistics in Medicine 17, 1998: 0 of 10
  assert.equal(wilsonInterval(100, 10)[1], 100);
  assert.equal(withInterval(98.41, 10_000), '98.41 (98.15 to 98.64)');
  assert.equal(intervalWords(98.41, 10_000), '95 % interval 98.15 to 98.64');
});
