import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageAt } from '../../src/data/dataset.ts';
import { holdOut } from '../../src/data/hold-out.ts';
import { drawStrokes } from '../../src/data/strokes.ts';

const SET = drawStrokes({ count: 40, seed: 1, split: 'train' });

test('held-out images: as many as asked, each image on one side, the same seed the same side', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 39 }), fc.nat(1000), (count, seed) => {
      const { train, validation } = holdOut(SET, { count, seed });
      assert.equal(validation.count, count);
      const keys = (set: typeof SET): string[] =>
        Array.from({ length: set.count }, (_, i) => `${set.labels[i]}:${imageAt(set, i).join()}`);
      assert.deepEqual([...keys(train), ...keys(validation)].sort(), keys(SET).sort());
      assert.deepEqual(holdOut(SET, { count, seed }), { train, validation });
    }),
    { numRuns: 30 },
  );
  assert.notDeepEqual(holdOut(SET, { count: 20, seed: 1 }), holdOut(SET, { count: 20, seed: 2 }));
});

test('something must be left to train with', () => {
  for (const count of [0, 40, 2.5])
    assert.throws(() => holdOut(SET, { count, seed: 1 }), /expected fewer than its 40 images/);
});
