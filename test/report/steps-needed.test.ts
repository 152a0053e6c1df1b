/** @file The T needed: its definition, and how it moves with tolerance, target and accuracy. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assembleComparison } from '../../src/report/assemble-comparison.ts';
import { ratioText } from '../../src/report/comparison-tables.ts';
import { stepsNeeded, TOLERANCES } from '../../src/report/steps-needed.ts';
import { timeRatio } from '../../src/report/time-ratio.ts';
import { madeUpComparison } from './made-up-comparison.ts';

const ALL = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Whole percentages, so that nothing is rounded. */
const percentages = fc.array(fc.integer({ min: 90, max: 100 }), { minLength: 1, maxLength: ALL.length });
const points = fc.integer({ min: 0, max: 10 });
const target = fc.integer({ min: 90, max: 100 });

const byStep = (values: readonly number[]) => Object.fromEntries(values.map((value, i) => [ALL[i]!, value]));
const stepsOf = (values: readonly number[]): number[] => ALL.slice(0, values.length);
/** The order of T, with "not reached" last. */
const place = (t: number | null): number => t ?? Number.POSITIVE_INFINITY;

test('the first T from which on every measured T is within, and null exactly where the last is not', () => {
  fc.assert(
    fc.property(percentages, target, points, (values, target, points) => {
      const steps = stepsOf(values);
      const found = stepsNeeded(byStep(values), steps, target, points);
      const within = (from: number): boolean => values.slice(from).every((value) => value >= target - points);
      const expected = steps.findIndex((_, i) => within(i));
      assert.equal(found, expected < 0 ? null : steps[expected]);
      assert.equal(found === null, values.at(-1)! < target - points);
    }),
  );
});

test('more tolerance, a lower target or higher accuracies never need more steps', () => {
  fc.assert(
    fc.property(percentages, target, points, points, (values, target, points, more) => {
      const steps = stepsOf(values);
      const found = place(stepsNeeded(byStep(values), steps, target, points));
      assert.ok(place(stepsNeeded(byStep(values), steps, target, points + more)) <= found);
      assert.ok(place(stepsNeeded(byStep(values), steps, target - more, points)) <= found);
      const higher = byStep(values.map((value) => value + more));
      assert.ok(place(stepsNeeded(higher, steps, target, points)) <= found);
    }),
  );
});

test('a loss of exactly the tolerance is within it, however the subtraction rounds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 900, max: 1000 }), (tenths, right) => {
      const target = right / 10;
      const accuracy = { 1: (right - tenths) / 10 };
      assert.equal(stepsNeeded(accuracy, [1], target, tenths / 10), 1);
      assert.equal(stepsNeeded({ 1: (right - tenths - 1) / 10 }, [1], target, tenths / 10), null);
    }),
  );
});

const methods = fc.array(
  fc.record({
    id: fc.constant('m'),
    ann: target,
    accuracy: fc.array(fc.integer({ min: 90, max: 100 }), { minLength: 9, maxLength: 9 }),
  }),
  { minLength: 1, maxLength: 4 },
);

test('tolerances are ordered; the best ANN is no easier than the own; ratios are of the T they print', () => {
  fc.assert(
    fc.property(methods, (made) => {
      const named = made.map((method, i) => ({ ...method, id: `m${i}` }));
      const comparison = madeUpComparison(ALL, named);
      assert.equal(comparison.bestAnn, Math.max(...made.map(({ ann }) => ann)));
      for (const method of comparison.contenders) {
        for (const goal of ['own', 'best'] as const) {
          const needed = TOLERANCES.map((points) => place(method.needed[goal][points]!));
          assert.deepEqual(
            needed,
            needed.toSorted((a, b) => a - b),
          );
          for (const points of TOLERANCES) {
            assert.ok(place(method.needed.best[points]!) >= place(method.needed.own[points]!));
            const { steps, ours, ratio } = timeRatio(comparison, method, goal, points);
            assert.equal(ratio === null, ours === null);
            if (ratio !== null) assert.equal(ratio * ours!, steps ?? 256);
            if (method.id === 'm0' && ours !== null) assert.equal(ratio, 1);
          }
        }
      }
    }),
  );
});

test('a ratio prints both T, and says where one was not reached', () => {
  const last = 256;
  assert.equal(ratioText({ steps: 32, ours: 2, last, ratio: 16 }), '32 / 2 = 16x');
  assert.equal(ratioText({ steps: 1, ours: 2, last, ratio: 0.5 }), '1 / 2 = 0.5x');
  assert.equal(ratioText({ steps: null, ours: 2, last, ratio: 128 }), '> 256 / 2 = > 128x');
  assert.equal(ratioText({ steps: 32, ours: null, last, ratio: null }), '32 / > 256');
});

test('what is assembled again is the same', () => {
  const comparison = madeUpComparison([1, 2], [{ id: 'a', ours: true, ann: 99, accuracy: [98, 99] }]);
  const { contenders, bestAnn: _, ...rest } = comparison;
  assert.deepEqual(assembleComparison(contenders, rest), comparison);
});
