/** @file Over seeds: means are of all of them, verdicts turn when a seed's does, pairs are summed, what one seed lacks has no mean. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { claimsOf, VERDICTS } from '../../src/report/claims.ts';
import type { Comparison } from '../../src/report/comparison.ts';
import { comparisonTables } from '../../src/report/comparison-tables.ts';
import { packRight } from '../../src/report/right-answers.ts';
import { overSeeds, verdictOver } from '../../src/report/seeds/over-seeds.ts';
import { overSeedsClaims, overSeedsTable } from '../../src/report/seeds/over-seeds-table.ts';
import { overSeedsText } from '../../src/report/seeds/over-seeds-text.ts';
import { type MadeUp, madeUpComparison } from './made-up-comparison.ts';

const STEPS = [1, 2, 4];
const IMAGES = 100;

const made = (ours: readonly number[], rival: readonly number[]): Comparison => {
  const contenders: MadeUp[] = [
    { id: 'ours', ours: true, ann: 99, accuracy: ours },
    { id: 'rival', ann: 98, accuracy: rival },
  ];
  return madeUpComparison(STEPS, contenders);
};
const seeded = (comparisons: readonly Comparison[]) =>
  comparisons.map((comparison, i) => ({ seed: 10 + i, comparison }));

test('one seed says what it says by itself', () => {
  const accuracy = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(accuracy, accuracy, (ours, rival) => {
      const comparison = made(ours, rival);
      const { claims, contenders } = overSeeds(seeded([comparison]));
      assert.deepEqual(
        claims.map(({ says, verdict }) => [says, verdict]),
        claimsOf(comparison).map(({ says, verdict }) => [says, verdict]),
      );
      assert.deepEqual(contenders[1]!.accuracy, { 1: [rival[0]], 2: [rival[1]], 4: [rival[2]] });
    }),
  );
});

test('the order of the seeds changes no verdict; confirmed needs all, not confirmed that none confirms a part', () => {
  const verdicts = fc.array(fc.constantFrom(...VERDICTS), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(verdicts, (bySeed) => {
      const over = verdictOver(bySeed);
      assert.equal(verdictOver(bySeed.toReversed()), over);
      assert.equal(over === 'confirmed', new Set(bySeed).size === 1 && bySeed[0] === 'confirmed');
      assert.equal(over === 'not decided', new Set(bySeed).size === 1 && bySeed[0] === 'not decided');
      if (over === 'not confirmed')
        assert.ok(bySeed.every((one) => one === 'not confirmed' || one === 'not decided'));
    }),
  );
});

test('means, the least and the most; medians of T; a dash where a seed has no figure', () => {
  const over = overSeeds(
    seeded([
      made([98, 99, 99], [10, 98, 98]),
      made([99, 99, 99], [20, 60, 98]),
      made([99, 99, 99], [30, 50, 60]),
    ]),
  );
  const { columns, rows } = overSeedsTable(over, [1, 4]);
  for (const row of rows) assert.equal(row.length, columns.length);
  assert.deepEqual(rows[0]!.slice(0, 4), ['OURS', '99.00 (99.00 to 99.00)', '98.67', '99.00']);
  assert.deepEqual(rows[0]!.slice(6), ['1 (1 to 2)', '0.67', '0.33']);
  assert.deepEqual(rows[1]!.slice(2, 4), ['20.00', '85.33']);
  assert.deepEqual(rows[1]!.slice(6), ['4 (2 to > 4)', '-', '-']);
  const [, , speed] = overSeedsClaims(over);
  assert.equal(speed!.title, '"6 to 250 times fewer time steps than other methods": not confirmed');
  assert.match(
    speed!.findings[1]!,
    /: from 2 \/ 2 = 1x \(RIVAL, seed 10\) to > 4 \/ 1 = > 4x \(RIVAL, seed 12\); 1 of 3 do not come there by T = 4\.$/,
  );
  for (const text of [overSeedsText(over), overSeedsText(over, true)])
    assert.doesNotMatch(text, /NaN|undefined|Infinity/);
});

test('a reference that is not ours is no rival of its own; seeds where it comes nowhere are left out by name', () => {
  const rival = { ...made([99, 99, 99], [98, 98, 98]), baseline: 'rival' };
  const [, error, speed] = claimsOf(rival);
  assert.deepEqual([error!.verdict, speed!.verdict], ['not decided', 'not decided']);
  const [, , steps] = overSeedsClaims(overSeeds(seeded([rival, rival])));
  assert.equal(steps!.findings.length, 1);
  const lossy = made([1, 1, 1], [98, 98, 98]);
  const [, , partly] = overSeedsClaims(overSeeds(seeded([made([99, 99, 99], [1, 1, 1]), lossy, lossy])));
  assert.match(
    partly!.findings[1]!,
    /: > 4 \/ 1 = > 4x \(RIVAL, seed 10\); 1 of 1 do not come there by T = 4\. The reference does not come there with seeds 11, 12: left out\.$/,
  );
  const [, , known] = overSeedsClaims(
    overSeeds(seeded([made([1, 1, 99], [1, 1, 1]), made([99, 99, 99], [1, 98, 98])])),
  );
  assert.match(known!.findings[1]!, /: 2 \/ 1 = 2x \(RIVAL, seed 11\); 1 of 2 do not come there by T = 4\.$/);
});

test('an exact mode says how many steps its answer takes', () => {
  const comparison = made([99, 99, 99], [98, 98, 98]);
  const [ours, rival] = comparison.contenders;
  const exact = (latency: number): Comparison => ({
    ...comparison,
    contenders: [ours!, { ...rival!, latency: { 1: latency, 2: 9, 4: 9 } }],
  });
  const over = overSeeds(seeded([exact(5), exact(6)]));
  assert.equal(overSeedsTable(over).rows[1]![7], '1; 5.5 steps');
  // its T is no number of steps: it is no rival of those who need few
  assert.deepEqual(
    claimsOf(exact(5)).map(({ verdict }) => verdict),
    ['confirmed', 'not decided', 'not decided', 'confirmed'],
  );
  const lost: Comparison = {
    ...exact(5),
    contenders: exact(5).contenders.map((one) => ({ ...one, needed: { own: {}, best: {} } })),
  };
  assert.equal(overSeedsTable(overSeeds(seeded([exact(5), lost]))).rows[1]![7], '> 4 (1 to > 4)');
});

test('energy against ANNs that spare what they can: means of the seeds, a dash where one does not come there', () => {
  const spared = (macShare: number): Comparison => {
    const { contenders, ...rest } = madeUpComparison(STEPS, [
      { id: 'ours', ours: true, ann: 99, accuracy: [99, 99, 99], energy: [0.25, 0.5, 1] },
    ]);
    const int8 = { annJoule: 2, snnJoule: { 1: 1, 2: 1.5, 4: 2 }, membraneJoule: null, constantJoule: null };
    const energy = { ...contenders[0]!.energy, 'horowitz-int8': int8 };
    const operations = { ...contenders[0]!.operations, annMac: 100, snnMac: 10 };
    const zeros = { steps: 2, images: 10, macShare, bits: 3 };
    return { ...rest, contenders: [{ ...contenders[0]!, energy, operations, zeros }] };
  };
  const none = made([1, 1, 1], [1, 1, 1]);
  const both = overSeeds(seeded([spared(0.5), spared(0.25)]));
  assert.deepEqual(
    both.contenders[0]!.spare!.map((one) => [one!.dense, one!.zeros, one!.int8]),
    [
      [0.5, 1, 0.75],
      [0.5, 2, 0.75],
    ],
  );
  const { columns, rows } = overSeedsTable(both);
  assert.equal(rows[0]!.length, columns.length);
  // 0.5 of 100 multiply-accumulates at 4.6 pJ, 10 of which are the SNN's: 184 / 0.9 accumulates, in 8 bits at 0.03 pJ
  const few = (0.23 * 10 + (0.03 * 184) / 0.9) / (0.23 * 10 + ((0.2 * 3) / 8 + 0.03) * 90);
  assert.ok(Math.abs(both.contenders[0]!.spare![0]!.bits - few) < 1e-12);
  assert.deepEqual(rows[0]!.slice(-3), ['1.50', '0.75', few.toFixed(2)]);
  const lacking = overSeedsTable(overSeeds(seeded([spared(0.5), none])));
  assert.deepEqual(lacking.rows[0]!.slice(-3), ['-', '-', '-']);
  const table = comparisonTables(spared(0.5)).find(({ title }) => title.startsWith('Arithmetic'))!;
  assert.deepEqual(table.rows[0]!.slice(0, 5), ['OURS', '2', '0.50', '1.00', '0.75']);
});

test('pairs are summed over seeds: no seed alone shows a difference, all together do', () => {
  const answers = (wrong: readonly number[]): string => {
    const classes = new Uint8Array(IMAGES);
    for (const i of wrong) classes[i] = 1;
    return packRight(classes, new Uint8Array(IMAGES));
  };
  const comparison = made([99, 99, 99], [98, 98, 98]);
  const [ours, rival] = comparison.contenders;
  const right = (text: string) => ({ right: { 1: text, 2: text, 4: text } });
  const paired: Comparison = {
    ...comparison,
    contenders: [
      { ...ours!, ...right(answers([0])) },
      { ...rival!, ...right(answers([1, 2, 3, 4])) },
    ],
  };
  const better = (runs: number, reference = 'ours', place = 5): string | undefined => {
    const runsOf = Array(runs).fill({ ...paired, baseline: reference });
    return overSeedsTable(overSeeds(seeded(runsOf))).rows.find(
      ([title]) => title !== reference.toUpperCase(),
    )![place];
  };
  assert.deepEqual(overSeeds(seeded([paired, paired])).contenders[1]!.pairs![2], {
    onlyReference: 8,
    onlyIt: 2,
  });
  assert.equal(better(1), '-');
  assert.equal(better(3), '1 to 4');
  assert.equal(better(3, 'ours', 6), '-');
  assert.equal(better(3, 'rival'), '-');
  assert.equal(better(3, 'rival', 6), '1 to 4');
  assert.equal(overSeeds(seeded([comparison])).contenders[1]!.pairs, undefined);
});
