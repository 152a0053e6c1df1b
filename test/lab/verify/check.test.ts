import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { joinPortions } from '../../../src/lab/simulate/join-portions.ts';
import { mismatches, spikesPerNeuron } from '../../../src/lab/simulate/simulation-report.ts';
import { LawTally } from '../../../src/lab/verify/law-tally.ts';
import { traceLayer } from '../../../src/proof/laws/trace-layer.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import type { SimulationResult } from '../../../src/snn/simulation.ts';
import { randomImages, randomTrainedNetwork } from '../../support/random-network.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });
const neuron = fc.constantFrom('full', 'half') as fc.Arbitrary<'full' | 'half'>;
const RECORD = { spikes: true, membrane: true, currents: true } as const;

/** [a .. b) of the images. */
function run(
  seed: number,
  neuron: 'full' | 'half',
  steps: number,
  images: number,
  from = 0,
  to = images,
): SimulationResult {
  const trained = randomTrainedNetwork(seed);
  const { snn } = convert(trained, { neuron });
  const all = randomImages(trained, images, seed);
  const size = all.length / images;
  return simulate(snn, all.slice(from * size, to * size), { steps, engine: 'reference', record: RECORD });
}

test('images in portions give what they give at once', () => {
  fc.assert(
    fc.property(seed, neuron, fc.integer({ min: 2, max: 6 }), fc.nat(), (seed, neuron, images, cut) => {
      const at = 1 + (cut % (images - 1));
      const whole = run(seed, neuron, 3, images);
      const joined = joinPortions([run(seed, neuron, 3, images, 0, at), run(seed, neuron, 3, images, at)]);
      assert.deepEqual(joined.logits, whole.logits);
      assert.deepEqual(joined.predictions, whole.predictions);
      assert.equal(joined.images, whole.images);
      joined.layers.forEach((layer, l) => {
        const expected = whole.layers[l]!;
        assert.deepEqual(layer.spikes, expected.spikes);
        assert.deepEqual(layer.density, expected.density);
        assert.ok(Math.abs(layer.overload - expected.overload) < 1e-12);
      });
    }),
    { numRuns: 30 },
  );
});

test('the laws hold on every honest run, and conservation breaks with a single spike too many', () => {
  fc.assert(
    fc.property(seed, neuron, fc.nat(), (seed, neuron, which) => {
      const { snn } = convert(randomTrainedNetwork(seed), { neuron });
      const result = run(seed, neuron, 4, 1);
      const honest = new LawTally(neuronNamed(neuron));
      for (let l = 0; l < snn.layers.length - 1; l++) honest.addLayer(traceLayer(snn, result, l, 0));
      const ids = honest.laws.map((law) => law.id);
      assert.deepEqual(ids, ['L1', neuron === 'full' ? 'L3' : 'L7', 'L9']);
      for (const law of honest.laws) assert.ok(law.holds, law.id);

      const spikes = result.record[0]!.spikes!;
      spikes[which % spikes.length]! += 1;
      const tampered = new LawTally(neuronNamed(neuron));
      tampered.addLayer(traceLayer(snn, result, 0, 0));
      assert.equal(tampered.laws.find((law) => law.id === 'L1')?.holds, false);
    }),
    { numRuns: 50 },
  );
});

test('the case nearest to its bound is the one that is shown, whatever the order', () => {
  const cases = fc.array(
    fc.record({ worst: fc.integer({ min: 0, max: 50 }), bound: fc.integer({ min: 1, max: 50 }) }),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(cases, (found) => {
      const tally = new LawTally(neuronNamed('half'));
      for (const { worst, bound } of found)
        tally.add('L1', '', 2, { broken: worst > bound ? 1 : 0, worst, bound });
      const [law] = tally.laws;
      const share = Math.max(...found.map(({ worst, bound }) => worst / bound));
      assert.equal(law!.worst / law!.bound, share);
      assert.equal(law!.holds, share <= 1);
      assert.equal(law!.cases, 2 * found.length);
    }),
  );
});

test('spikes per neuron grow with T, and end at the sum of the record', () => {
  fc.assert(
    fc.property(seed, neuron, (seed, neuron) => {
      const result = run(seed, neuron, 5, 2);
      const perNeuron = spikesPerNeuron(result);
      perNeuron.forEach((value, t) => {
        assert.ok(t === 0 || value >= perNeuron[t - 1]!);
        assert.ok(value >= 0 && value <= t + 1);
      });
      const recorded = result.record.flatMap((layer) => [...(layer.spikes ?? [])]);
      const sum = recorded.reduce((total, s) => total + Math.abs(s), 0);
      assert.ok(Math.abs(perNeuron.at(-1)! - (5 * sum) / recorded.length) < 1e-9);
      const own = result.predictions.subarray(4 * 2);
      assert.equal(mismatches(result, own).at(-1), 0);
      assert.equal(mismatches(result, [99, 99]).at(0), 2);
    }),
    { numRuns: 30 },
  );
});
