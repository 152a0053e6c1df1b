/** @file Verdicts follow from the figures: they turn when the figures do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsOf } from '../../src/report/claims.ts';
import { comparisonTables } from '../../src/report/comparison-tables.ts';
import { comparisonText } from '../../src/report/comparison-text.ts';
import { energyRatio } from '../../src/report/simulation-report.ts';
import { type MadeUp, madeUpComparison } from './made-up-comparison.ts';

const STEPS = [1, 2, 4, 8, 16, 32];
const OURS: MadeUp = { id: 'ours', ours: true, ann: 99, accuracy: [90, 99, 99, 99, 99, 99] };
const SLOW: MadeUp = { id: 'slow', ann: 99, accuracy: [10, 10, 50, 90, 98, 99] };
const NEVER: MadeUp = { id: 'never', ann: 99.5, accuracy: [10, 10, 10, 10, 10, 10] };
const EQUAL: MadeUp = { id: 'equal', ann: 99, accuracy: [90, 99, 99, 99, 99, 99] };

const verdicts = (methods: readonly MadeUp[]): string[] =>
  claimsOf(madeUpComparison(STEPS, methods)).map(({ verdict }) => verdict);

test('every claim holds where all figures speak for it', () => {
  assert.deepEqual(verdicts([OURS, SLOW, NEVER]), Array(4).fill('confirmed'));
});

test('a rival that is as good, an energy above the ANN, a loss that stays: each turns its own verdict', () => {
  const yes = 'confirmed';
  assert.deepEqual(verdicts([OURS, SLOW, EQUAL]), [yes, 'partly confirmed', 'partly confirmed', yes]);
  assert.deepEqual(verdicts([OURS, EQUAL]), [yes, 'not confirmed', 'not confirmed', yes]);
  const hungry = { ...OURS, energy: [2, 2, 2, 2, 2, 2] };
  assert.deepEqual(verdicts([hungry, SLOW]), [yes, yes, yes, 'not confirmed']);
  const lossy = { ...OURS, accuracy: [90, 95, 95, 95, 95, 95] };
  assert.deepEqual(verdicts([lossy, NEVER]), ['not confirmed', yes, 'not decided', 'not decided']);
  assert.deepEqual(verdicts([OURS]), [yes, 'not decided', 'not decided', yes]);
});

test('a rival that needs more steps than were measured refutes no factor, and confirms none below that', () => {
  const late = { ...OURS, accuracy: [10, 20, 30, 99, 99, 99] };
  const [, , speed] = claimsOf(madeUpComparison(STEPS, [late, NEVER]));
  assert.equal(speed!.verdict, 'not decided');
  assert.match(
    speed!.findings[1]!,
    /> 32 \/ 8 = > 4x \(NEVER\); at least 6x against 0 of 1, not decided for 1\.$/,
  );
  assert.equal(verdicts([late, SLOW, EQUAL])[2], 'not confirmed');
  assert.equal(verdicts([late, EQUAL, NEVER])[2], 'not decided');
  assert.equal(verdicts([OURS, EQUAL, NEVER])[2], 'partly confirmed');
});

test('sentences quote the figures, with both T', () => {
  const [, , speed, energy] = claimsOf(madeUpComparison(STEPS, [OURS, SLOW, NEVER]));
  assert.match(
    speed!.findings[1]!,
    /^Within 0\.5 points of its own ANN: from 32 \/ 2 = 16x \(SLOW\) to > 32 \/ 2 = > 16x \(NEVER\); at least 6x against 2 of 2\.$/,
  );
  assert.match(speed!.findings[4]!, /^Within 0\.5 points of the best ANN: from /);
  assert.deepEqual(energy!.findings, [
    "horowitz-fp32: energy of OURS over its ANN's 0.50 (T = 2, within 1), 0.50 (T = 2, within 0.5), 0.50 (T = 2, within 0.1).",
  ]);
});

test('the tables hold what the comparison holds, as text and as Markdown', () => {
  const comparison = madeUpComparison(STEPS, [OURS, SLOW, NEVER]);
  const [accuracy, cost, ratio] = comparisonTables(comparison);
  assert.equal(comparisonTables(comparison).length, 3);
  assert.deepEqual(accuracy!.rows[1], [
    'SLOW',
    '99.00',
    '10.00',
    '10.00',
    '50.00',
    '90.00',
    '98.00',
    '99.00',
  ]);
  assert.deepEqual(cost!.rows[0]!.slice(0, 4), ['OURS', '2', '1.00', '0.50']);
  assert.deepEqual(cost!.rows[2]!.slice(0, 4), ['NEVER', '> 32', '-', '-']);
  assert.deepEqual(ratio!.rows[1]!.slice(0, 4), ['SLOW', '16 / 2 = 8x', '32 / 2 = 16x', '32 / 2 = 16x']);
  const settling = { ...comparison.contenders[0]!, latency: { 2: 5.25 } };
  const [, exact] = comparisonTables({
    ...comparison,
    contenders: [settling, ...comparison.contenders.slice(1)],
  });
  assert.equal(exact!.rows[0]![1], '2 (5.3)');
  assert.match(exact!.title, /in brackets the steps until an exact answer stands/);
  assert.doesNotMatch(cost!.title, /in brackets/);
  for (const { columns, rows } of comparisonTables(comparison))
    for (const row of rows) assert.equal(row.length, columns.length);
  for (const words of [comparisonText(comparison), comparisonText(comparison, true)])
    assert.doesNotMatch(words, /NaN|undefined|Infinity/);
  assert.match(comparisonText(comparison, true), /^\| OURS \| 99\.00 \| 90\.00 \|/m);
  assert.equal(energyRatio(comparison.contenders[0]!.energy, 4, 'loihi'), null);
});
