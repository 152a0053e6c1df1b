/** @file The reading of a comparison names a contender only where every seed lets it, and means are of all seeds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparisonReading } from '../../scripts/pages/comparison-reading.ts';
import { overSeeds } from '../../src/report/seeds/over-seeds.ts';
import { madeUpComparison } from '../report/made-up-comparison.ts';

const STEPS = [4, 8, 32];

test('near its ANN is what is less than a point below it with every seed', () => {
  const losses = fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(losses, (bySeed) => {
      const runs = bySeed.map((lost, seed) => ({
        seed,
        comparison: madeUpComparison(STEPS, [
          { id: 'ours', ours: true, ann: 98, accuracy: [90, 98 - lost, 97.5] },
          { id: 'rival', ann: 97, accuracy: [10, 20, 97] },
        ]),
      }));
      const [near, best] = comparisonReading(overSeeds(runs)).split('\n') as [string, string];
      const [ours, rival] = runs[0]!.comparison.contenders.map(({ title }) => title) as [string, string];
      const early = bySeed.every((lost) => lost < 1) ? `${ours} loses` : 'none lose';
      const every = bySeed.length > 1 ? ' with every seed' : '';
      const says = `- Of the 2 that stream, ${early} less than a point of their ANN at T = 8${every}; at T = 32 ${ours}; ${rival}.`;
      assert.equal(near, says);
      assert.match(best, new RegExp(`that of ${ours}, 98.00 %.*; ${ours} is 0.50 points below it at T = 32`));
    }),
  );
});
