/** @file Thresholds of 1 take no bits of the grid, and only those. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../../src/convert/convert.ts';
import { onDyadicGrid } from '../../../src/convert/transforms/dyadic-grid.ts';
import { exactNetwork } from '../../../src/convert/transforms/exact-network.ts';
import { withUnitThresholds } from '../../../src/convert/transforms/unit-thresholds.ts';
import { randomTrainedNetwork } from '../../support/random-network.ts';

test('all bits go to weights where every threshold becomes 1; where one cannot, thresholds have their share', () => {
  const seen = { all: 0, some: 0 };
  for (let seed = 0; seed < 24; seed++)
    for (const steps of [1, 16]) {
      const { snn } = convert(randomTrainedNetwork(seed, { dyadic: false }), { neuron: 'half' });
      const unit = withUnitThresholds(snn);
      const all = unit.layers.every(({ theta }) => [...theta].every((height) => height === 1));
      seen[all ? 'all' : 'some']++;
      assert.deepEqual(exactNetwork(snn, steps), onDyadicGrid(unit, { steps, ...(all && { thetaBits: 0 }) }));
      if (all) assert.notDeepEqual(exactNetwork(snn, steps), onDyadicGrid(unit, { steps }), `seed ${seed}`);
    }
  assert.ok(seen.all > 10 && seen.some > 2, JSON.stringify(seen));
});
