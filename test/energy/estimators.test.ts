/** @file What the publications say, typed in once more: a figure that slips in the source no longer agrees with its paper. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ESTIMATORS } from '../../src/energy/estimators.ts';

/**
 * Picojoule. Horowitz, "Computing's energy problem", ISSCC 2014, figure 1.1.9 (45 nm, 0.9 V): float32 multiply 3.7, add 0.9; int8
 * multiply 0.2, add 0.03. Loihi: Davies et al., IEEE Micro 2018, table 2: 23.6 per synaptic spike operation. TrueNorth: Merolla et
 * al., Science 2014: 26 per synaptic event. ROLLS: 0.077 per synaptic operation, and 12.5 per floating-point operation, two of which
 * are one multiply-accumulate.
 */
const PUBLISHED = [
  { name: 'horowitz-fp32', annMac: 3.7 + 0.9, snnMac: 3.7 + 0.9, snnAc: 0.9, membraneAdd: 0.9 },
  { name: 'horowitz-int8', annMac: 0.2 + 0.03, snnMac: 0.2 + 0.03, snnAc: 0.03, membraneAdd: 0.03 },
  { name: 'rolls', annMac: 2 * 12.5, snnMac: 2 * 12.5, snnAc: 0.077, membraneAdd: null },
  { name: 'loihi', annMac: null, snnMac: 23.6, snnAc: 23.6, membraneAdd: null },
  { name: 'truenorth', annMac: null, snnMac: 26, snnAc: 26, membraneAdd: null },
] as const;

test('every estimator has the figures of its source', () => {
  assert.deepEqual(
    ESTIMATORS.map(({ name }) => name),
    PUBLISHED.map(({ name }) => name),
  );
  PUBLISHED.forEach((published, i) => {
    for (const figure of ['annMac', 'snnMac', 'snnAc', 'membraneAdd'] as const) {
      const [found, expected] = [ESTIMATORS[i]![figure], published[figure]];
      const what = `${published.name}.${figure}: ${found} J, published ${expected} pJ`;
      if (expected === null) assert.equal(found, null, what);
      else assert.ok(Math.abs(found! - expected * 1e-12) <= 1e-24 * expected, what);
    }
  });
});
