import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { LawTally } from '../../../src/lab/verify/law-tally.ts';
import { traceLayer } from '../../../src/proof/laws/trace-layer.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';
import { randomTrainedNetwork } from '../../support/random-network.ts';
import { recordedRun } from '../../support/recorded-run.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });
const neuron = fc.constantFrom('full', 'half') as fc.Arbitrary<'full' | 'half'>;

test('the laws hold on every honest run, and conservation breaks with a single spike too many', () => {
  fc.assert(
    fc.property(seed, neuron, fc.nat(), (seed, neuron, which) => {
      const { snn } = convert(randomTrainedNetwork(seed), { neuron });
      const result = recordedRun(seed, neuron, 4, 1);
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
