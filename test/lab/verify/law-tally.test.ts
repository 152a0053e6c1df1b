import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { foldingLaw } from '../../../src/lab/verify/folding-law.ts';
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

test('what NaN or an infinity satisfies does not hold, and is the case that is shown', () => {
  for (const [worst, bound] of [
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [0, Number.POSITIVE_INFINITY],
    [0, Number.NaN],
    [Number.NaN, 1],
  ] as const) {
    const tally = new LawTally(neuronNamed('half'));
    tally.add('L15', '', 10, { broken: 0, worst: 1, bound: 1 });
    tally.add('L15', '', 10, { broken: 0, worst, bound });
    tally.add('L15', '', 10, { broken: 0, worst: 1, bound: 1 });
    const [law] = tally.laws;
    assert.equal(law!.holds, false);
    assert.deepEqual([law!.worst, law!.bound], [worst, bound]);
  }
});

test('every law of a neuron breaks where a current, a potential or a threshold is infinite or NaN', () => {
  const network = convert(randomTrainedNetwork(3), { neuron: 'half' }).snn;
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    for (const what of ['currents', 'membrane'] as const) {
      const result = recordedRun(3, 'half', 4, 1);
      const { neurons } = result.layers[0]!;
      // at every step but the last: it must not be forgotten on the way
      for (let t = 0; t < 3; t++) result.record[0]![what]![t * neurons] = value;
      if (what === 'membrane') result.record[0]!.membrane![3 * neurons] = value;
      const tally = new LawTally(neuronNamed('half'));
      tally.addLayer(traceLayer(network, result, 0, 0));
      const broken = tally.laws.filter(({ holds }) => !holds).map(({ id }) => id);
      assert.ok(broken.includes('L1') && broken.includes('L9'), `${what} ${value}: ${broken}`);
    }
});

test('folding: infinite logits on both sides are no agreement', () => {
  const trained = randomTrainedNetwork(1);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const law = foldingLaw(trained, [1, value], [1, value]);
    if (law) assert.equal(law.holds, false);
  }
  const honest = foldingLaw(trained, [1, 2], [1, 2]);
  if (honest) assert.equal(honest.holds, true);
});
