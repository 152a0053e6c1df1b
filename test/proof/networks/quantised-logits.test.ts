import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { snapImages } from '../../../src/convert/transforms/dyadic-grid.ts';
import { exactNetwork } from '../../../src/convert/transforms/exact-network.ts';
import { withUnitThresholds } from '../../../src/convert/transforms/unit-thresholds.ts';
import { quantisedLogits } from '../../../src/proof/networks/quantised-logits.ts';
import { runQuantised } from '../../../src/proof/networks/run-quantised.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const runtime = createRuntime();
const seeds = fc.integer({ min: 0, max: 1e6 });
const kinds = fc.constantFrom('half', 'tracer', 'full');
const times = fc.integer({ min: 1, max: 12 });

test('on the dyadic grid: the logits of the quantised network, for every image, and those of a settled run', () => {
  fc.assert(
    fc.property(seeds, kinds, times, fc.integer({ min: 1, max: 20 }), (seed, neuron, steps, count) => {
      const trained = randomTrainedNetwork(seed, { dyadic: false, batchNorm: true });
      const network = exactNetwork(convert(trained, { neuron }).snn, steps);
      const images = snapImages(randomImages(trained, count, seed, false));
      const size = images.length / count;
      const found = quantisedLogits(runtime, network, images, steps);
      const expected = Array.from({ length: count }, (_, i) =>
        runQuantised(network, images.subarray(i * size, (i + 1) * size), steps),
      );
      const wanted = Float32Array.from(expected.flatMap(({ logits }) => [...logits]));
      assert.deepEqual(found, wanted);
      if (neuron !== 'tracer') return;
      const settled = simulate(network, images, { steps, schedule: 'settling' });
      assert.deepEqual(settled.logits.slice(-found.length), found);
    }),
    { numRuns: 60 },
  );
});

test('thresholds of 1: the same spikes, without rounding where all numbers are dyadic', () => {
  let changed = 0;
  fc.assert(
    fc.property(seeds, kinds, times, (seed, neuron, steps) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained, { neuron });
      const unit = withUnitThresholds(snn);
      fc.pre(unit !== snn);
      if (snn.layers.some(({ theta }) => theta.some((t) => t !== 1))) changed++;
      assert.ok(unit.layers.every(({ theta }) => theta.every((t) => t === 1)));
      const image = randomImages(trained, 1, seed);
      const [before, after] = [runQuantised(snn, image, steps), runQuantised(unit, image, steps)];
      // a threshold that is no power of two rounds the weights: then only next to a tie
      const dyadic = snn.layers.every(({ theta }) => theta.every((t) => Number.isInteger(Math.log2(t))));
      if (dyadic) assert.deepEqual(after.counts, before.counts);
      else
        before.totals.at(-1)!.forEach((total, c) => {
          if (after.counts.every((counts, l) => counts.join() === before.counts[l]!.join()))
            assert.ok(Math.abs(total - after.totals.at(-1)![c]!) < 1e-4 * (1 + Math.abs(total)));
        });
    }),
    { numRuns: 60 },
  );
  assert.ok(changed > 10, `${changed}`);
});
