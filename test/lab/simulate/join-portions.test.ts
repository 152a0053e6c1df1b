import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { joinPortions } from '../../../src/lab/simulate/join-portions.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';
import { recordedRun } from '../../support/recorded-run.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });
const neuron = fc.constantFrom('full', 'half') as fc.Arbitrary<'full' | 'half'>;

test('images in portions give what they give at once', () => {
  fc.assert(
    fc.property(seed, neuron, fc.integer({ min: 2, max: 6 }), fc.nat(), (seed, neuron, images, cut) => {
      const at = 1 + (cut % (images - 1));
      const whole = recordedRun(seed, neuron, 3, images);
      const joined = joinPortions([
        recordedRun(seed, neuron, 3, images, 0, at),
        recordedRun(seed, neuron, 3, images, at),
      ]);
      assert.deepEqual(joined.logits, whole.logits);
      assert.deepEqual(joined.predictions, whole.predictions);
      assert.equal(joined.images, whole.images);
      joined.layers.forEach((layer, l) => {
        const expected = whole.layers[l]!;
        assert.deepEqual(layer.spikes, expected.spikes);
        assert.deepEqual(layer.density, expected.density);
        assert.equal(layer.overload, expected.overload);
      });
    }),
    { numRuns: 30 },
  );
});

test('portions with early stop give what they give at once, steps and overload included', () => {
  fc.assert(
    fc.property(seed, fc.integer({ min: 2, max: 6 }), fc.nat(), (seed, images, cut) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained);
      const all = randomImages(trained, images, seed);
      const size = all.length / images;
      const at = 1 + (cut % (images - 1));
      const run = (from: number, to: number) =>
        simulate(snn, all.slice(from * size, to * size), { steps: 4, stop: { rule: 'margin', margin: 1 } });
      const whole = run(0, images);
      const joined = joinPortions([run(0, at), run(at, images)]);
      assert.deepEqual(joined.stopped, whole.stopped);
      assert.deepEqual(joined.logits, whole.logits);
      joined.layers.forEach(({ overload }, l) => {
        assert.ok(Math.abs(overload - whole.layers[l]!.overload) < 1e-12);
      });
    }),
    { numRuns: 20 },
  );
});
