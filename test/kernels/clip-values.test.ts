/** @file The activations by their definitions: laws of stReLU, and the grid. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clipSlope, clipThetaSlope, clipValue } from '../../src/kernels/clip/reference.ts';
import { ACTIVATIONS } from '../../src/nn/activations/index.ts';

const layer = { leak: 1, levels: 0, rounding: 'round' } as const;
/** Multiples of 1/64 up to 8: exact in every operation below. */
const dyadic = fc.integer({ min: -512, max: 512 }).map((k) => k / 64);
const theta = fc.constantFrom(0.25, 0.5, 1, 2);
const levels = fc.constantFrom(1, 2, 4, 8, 16);

test('stReLU is clip(x, -theta, theta): odd, bounded, the identity inside', () => {
  const clip = ACTIVATIONS.strelu.clip(layer);
  fc.assert(
    fc.property(dyadic, theta, (x, t) => {
      const y = clipValue(x, t, clip);
      assert.equal(y, Math.min(Math.max(x, -t), t));
      assert.equal(clipValue(-x, t, clip) + y, 0);
      assert.equal(clipSlope(x, t, clip), Math.abs(x) <= t ? 1 : 0);
      assert.equal(clipThetaSlope(x, t, clip), Math.abs(x) > t ? Math.sign(x) : 0);
    }),
  );
});

test('tReLU is the positive part of stReLU; ReLU is tReLU without a threshold', () => {
  fc.assert(
    fc.property(dyadic, theta, (x, t) => {
      const positive = Math.max(0, clipValue(x, t, ACTIVATIONS.strelu.clip(layer)));
      assert.equal(clipValue(x, t, ACTIVATIONS.trelu.clip(layer)), positive);
      const relu = ACTIVATIONS.relu.clip(layer);
      assert.equal(clipValue(x, Number.POSITIVE_INFINITY, relu), Math.max(0, x));
      assert.equal(clipSlope(x, Number.POSITIVE_INFINITY, relu), x >= 0 ? 1 : 0);
    }),
  );
});

test('tLeakyReLU has the slope `leak` below 0 and the threshold theta on both sides', () => {
  const clip = ACTIVATIONS['tleaky-relu'].clip({ ...layer, leak: 0.25 });
  assert.equal(clipValue(-2, 1, clip), -0.5);
  assert.equal(clipValue(-8, 1, clip), -1);
  assert.equal(clipValue(3, 1, clip), 1);
  assert.equal(clipSlope(-2, 1, clip), 0.25);
  assert.equal(clipThetaSlope(-8, 1, clip), -1);
});

test('QCFS equals its published definition at every dyadic point', () => {
  fc.assert(
    fc.property(dyadic, theta, levels, (x, t, L) => {
      const published = t * Math.min(Math.max(Math.floor((x * L) / t + 0.5) / L, 0), 1);
      assert.equal(clipValue(x, t, ACTIVATIONS.qcfs.clip({ ...layer, levels: L })), published);
    }),
  );
});

test('the grid: multiples of theta / levels, nearer than one quantum (truncate) or half of one (round)', () => {
  fc.assert(
    fc.property(
      dyadic,
      theta,
      levels,
      fc.constantFrom('truncate' as const, 'round' as const),
      (x, t, L, rounding) => {
        const clip = ACTIVATIONS.strelu.clip({ ...layer, levels: L, rounding });
        const quantum = t / L;
        const a = Math.min(Math.max(x, -t), t);
        const y = clipValue(x, t, clip);
        assert.ok(Number.isInteger(y / quantum));
        if (rounding === 'truncate') assert.ok(Math.abs(y) <= Math.abs(a) && Math.abs(a - y) < quantum);
        else assert.ok(Math.abs(a - y) <= quantum / 2);
        assert.equal(clipSlope(x, t, clip), Math.abs(x) <= t ? 1 : 0);
      },
    ),
  );
});
