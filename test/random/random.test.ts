import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Random } from '../../src/random/random.ts';

const seed = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

test('a restored state goes on with the same bits', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 0, max: 50 }), (s, skip) => {
      const random = Random.seeded(s);
      for (let i = 0; i < skip; i++) random.bits();
      const copy = Random.restored(random.state);
      for (let i = 0; i < 20; i++) assert.equal(copy.bits(), random.bits());
    }),
  );
});

test('fork depends on the label, and does not move its parent', () => {
  fc.assert(
    fc.property(seed, (s) => {
      const random = Random.seeded(s);
      const before = random.state;
      assert.notEqual(random.fork('a').bits(), random.fork('b').bits());
      assert.deepEqual(random.state, before);
    }),
  );
});

test('integer(n) stays below n and reaches every value; shuffle keeps the items', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 1, max: 12 }), (s, below) => {
      const random = Random.seeded(s);
      const seen = new Set(Array.from({ length: below * 40 }, () => random.integer(below)));
      assert.equal(seen.size, below);
      assert.ok([...seen].every((value) => value >= 0 && value < below));
      const shuffled = random.shuffle(Int32Array.from({ length: below }, (_, i) => i));
      assert.deepEqual(
        [...shuffled].sort((a, b) => a - b),
        Array.from({ length: below }, (_, i) => i),
      );
    }),
  );
});

test('moments of uniform and normal, 100,000 draws: within 5 standard errors', () => {
  const random = Random.seeded(1);
  const n = 100_000;
  const mean = (draw: () => number): number => Array.from({ length: n }, draw).reduce((a, b) => a + b) / n;
  assert.ok(Math.abs(mean(() => random.uniform()) - 0.5) < 5 * Math.sqrt(1 / 12 / n));
  assert.ok(Math.abs(mean(() => random.normal())) < 5 / Math.sqrt(n));
  assert.ok(Math.abs(mean(() => random.normal() ** 2) - 1) < 5 * Math.sqrt(2 / n));
});
