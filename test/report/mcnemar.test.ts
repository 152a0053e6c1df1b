import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparisonTables } from '../../src/report/comparison-tables.ts';
import { mcnemar, paired, pairedWords } from '../../src/report/mcnemar.ts';
import { packRight, unpackRight } from '../../src/report/right-answers.ts';
import { madeUpComparison } from './made-up-comparison.ts';

/** All 2^n outcomes of n tosses, counted. */
function byCounting(a: number, b: number): number {
  const n = a + b;
  let extreme = 0;
  for (let outcome = 0; outcome < 2 ** n; outcome++) {
    let heads = 0;
    for (let i = 0; i < n; i++) heads += (outcome >> i) & 1;
    if (Math.abs(2 * heads - n) >= Math.abs(a - b)) extreme++;
  }
  return extreme / 2 ** n;
}

test('the exact test is the share of all tosses that are as uneven', () => {
  for (let a = 0; a <= 6; a++)
    for (let b = 0; b <= 6; b++) assert.ok(Math.abs(mcnemar(a, b) - byCounting(a, b)) < 1e-12, `${a}, ${b}`);
});

test('it is symmetric, at most 1, and falls as the difference grows; large counts stay finite', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(5000), (a, b) => {
      const p = mcnemar(a, b);
      assert.equal(p, mcnemar(b, a));
      assert.ok(p >= 0 && p <= 1);
      if (a > 0 && a <= b) assert.ok(mcnemar(a - 1, b + 1) <= p);
    }),
  );
});

test('pairs are counted image by image, and words say better only where the test does', () => {
  const labels = Array.from({ length: 10 }, () => 1);
  const second = labels.map((_, i) => (i < 6 ? 0 : 1));
  const { onlyFirst, onlySecond, p } = paired(labels, second, labels);
  assert.deepEqual([onlyFirst, onlySecond, p.toFixed(9)], [6, 0, '0.031250000']);
  assert.equal(pairedWords(paired(labels, second, labels)), 'better (p = 0.031; 6 and 0 images)');
  assert.match(pairedWords(paired(second, labels, labels)), /^worse/);
  assert.match(pairedWords({ onlyFirst: 5, onlySecond: 3, p: mcnemar(5, 3) }), /^no difference shown/);
  assert.throws(() => paired([1], [1, 1], [1, 1]), /two answers to each of 2 images, found 1 and 2/);
});

test('right answers as text come back image by image', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (right) => {
      const labels = right.map((_, i) => i % 5);
      const classes = labels.map((label, i) => (right[i] ? label : label + 1));
      const text = packRight(classes, labels);
      assert.equal(text.length, Math.ceil(right.length / 4));
      assert.deepEqual([...unpackRight(text, right.length)], right.map(Number));
    }),
  );
});

test('a comparison says better only by the paired test, and of results without answers nothing', () => {
  const made = madeUpComparison(
    [1],
    [
      { id: 'a', ours: true, ann: 100, accuracy: [100] },
      { id: 'b', ann: 100, accuracy: [25] },
      { id: 'c', ann: 100, accuracy: [75] },
    ],
  );
  const titled = (comparison: typeof made) =>
    comparisonTables(comparison).find(({ title }) => title.includes('McNemar'));
  assert.equal(titled(made), undefined);
  const images = 8;
  const answers = ['ff', '03', '3f'];
  const contenders = made.contenders.map((one, i) => ({ ...one, right: { 1: answers[i]! } }));
  assert.deepEqual(titled({ ...made, images, contenders })!.rows, [
    ['B', 'better'],
    ['C', '='],
  ]);
});
