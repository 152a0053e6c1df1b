import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { powersOfTwo, roomy, roundNumbers } from '../../src/report/plot/axis.ts';
import { spikeCount } from '../../src/report/plot/staircases.ts';
import { portions } from '../../src/report/sections/portions.ts';
import { full } from '../../src/snn/neurons/full.ts';
import { half } from '../../src/snn/neurons/half.ts';
import { unipolar } from '../../src/snn/neurons/unipolar.ts';

const positive = fc.double({ min: 1e-12, max: 1e9, noNaN: true, noDefaultInfinity: true });

test('ticks of a logarithmic axis lie in its domain, in rising order, two to a dozen however narrow it is', () => {
  fc.assert(
    fc.property(positive, fc.double({ min: 1.01, max: 1e9, noNaN: true }), (low, factor) => {
      for (const ticks of [roundNumbers([low, low * factor]), powersOfTwo([low, low * factor])]) {
        for (const [i, tick] of ticks.entries()) {
          assert.ok(tick >= low && tick <= low * factor);
          assert.ok(i === 0 || tick > ticks[i - 1]!);
        }
      }
      const { length } = roundNumbers([low, low * factor]);
      assert.ok(length >= 2 && length <= 12, String(length));
    }),
  );
  assert.deepEqual(powersOfTwo([1, 16]), [1, 2, 4, 8, 16]);
  assert.deepEqual(roundNumbers([0.9, 21]), [1, 2, 5, 10, 20]);
  assert.deepEqual(roundNumbers([0.97, 2.3]), [1, 1.2, 1.4, 1.6, 1.8, 2, 2.2]);
});

test('the room of an axis holds every finite value, and leaves some', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
      const [low, high] = roomy([...values, Number.NaN, Number.POSITIVE_INFINITY]);
      assert.ok(low < high);
      for (const value of values) assert.ok(value >= low && value <= high);
    }),
  );
  assert.deepEqual(roomy([]), [0, 1]);
});

test('portions keep all in order, none above the most, sizes within one of each other but for the last', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (all, most) => {
      const parts = portions(all, most);
      assert.deepEqual(parts.flat(), all);
      assert.equal(parts.length, Math.ceil(all.length / most));
      for (const part of parts) assert.ok(part.length >= 1 && part.length <= most);
    }),
  );
});

test('the staircases: half rounds to the nearest, full truncates towards 0, unipolar sends nothing below 0', () => {
  fc.assert(
    fc.property(fc.integer({ min: -64, max: 64 }), fc.integer({ min: 1, max: 16 }), (sixtyFourths, steps) => {
      const x = sixtyFourths / 64; // dyadic: sums are exact
      const ideal = steps * x;
      assert.ok(Math.abs(ideal - spikeCount(x, steps, half.rule)) <= 0.5);
      assert.equal(spikeCount(x, steps, full.rule) - Math.trunc(ideal), 0);
      assert.equal(spikeCount(x, steps, unipolar.rule), x < 0 ? 0 : Math.floor(ideal));
    }),
  );
});

test('an axis has few ticks however long it is', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
      fc.double({ min: 1, max: 1e300, noNaN: true }),
      (low, factor) => {
        const domain = [low, Math.min(low * factor, 1e308)] as const;
        assert.ok(powersOfTwo(domain).length <= 24);
        assert.ok(roundNumbers(domain).length <= 24);
      },
    ),
  );
});
