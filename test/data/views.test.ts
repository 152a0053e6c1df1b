/** @file What looks at a part of a data set sees that part, or says that there is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageAt, take } from '../../src/data/dataset.ts';
import { imageView } from '../../src/data/image-view.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { InputError, UsageError } from '../../src/errors.ts';

const dataset = drawStrokes({ count: 5, seed: 1, split: 'test' });
const whole = fc.integer({ min: -7, max: 12 });
const any = fc.oneof(
  whole,
  fc.double({ min: -7, max: 12 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity),
);

test('an image is one of those that there are, or refused', () => {
  fc.assert(
    fc.property(any, (index) => {
      const there = Number.isInteger(index) && index >= 0 && index < 5;
      if (there) assert.equal(imageAt(dataset, index).length, 784);
      else assert.throws(() => imageAt(dataset, index), UsageError);
    }),
  );
});

test('the first images: at most all of them; no number of images is refused', () => {
  fc.assert(
    fc.property(any, (limit) => {
      if (limit === Infinity || (Number.isInteger(limit) && limit >= 0)) {
        const first = take(dataset, limit);
        assert.equal(first.count, Math.min(5, limit));
        assert.equal(first.images.length, 784 * first.count);
        assert.equal(first.labels.length, first.count);
      } else assert.throws(() => take(dataset, limit), UsageError);
    }),
  );
});

test('a view has all bytes, and no other', () => {
  fc.assert(
    fc.property(whole, (count) => {
      const own = { ...dataset, count };
      if (count === 5) assert.deepEqual(imageView(own).shape, [5, 28, 28, 1]);
      else assert.throws(() => imageView(own), InputError);
    }),
  );
});
