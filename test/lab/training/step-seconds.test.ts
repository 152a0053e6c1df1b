/** @file What a training took is the sum over its epochs, whoever of several sittings ran them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stepSeconds } from '../../../src/lab/training/step-seconds.ts';

const summary = (epoch: number, imagesPerSecond: number) => ({
  ...{ epoch, imagesPerSecond },
  ...{ loss: 1, trainAccuracy: 50, testAccuracy: 50 },
});

test('sittings add up, wherever the training was interrupted between epochs', () => {
  // powers of 2: times are exact
  const speeds = fc.array(fc.constantFrom(...[1, 2, 4, 8].map((x) => x * 64)), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(speeds, fc.nat(9), (bySpeed, at) => {
      const curve = bySpeed.map((speed, i) => summary(i + 1, speed));
      const [one, other] = [curve.slice(0, at), curve.slice(at)];
      assert.equal(stepSeconds(curve, 1024), stepSeconds(one, 1024) + stepSeconds(other, 1024));
    }),
  );
  assert.equal(stepSeconds([summary(1, 200), summary(2, 100)], 1000), 15);
});
