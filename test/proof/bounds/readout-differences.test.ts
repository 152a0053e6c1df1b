/** @file Row c of the readout's differences is logit[best] - logit[c], for every readout in which each row has a number for each class. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../../src/convert/convert.ts';
import { readoutDifferences } from '../../../src/proof/bounds/readout-differences.ts';
import { propagate, wiringOf } from '../../../src/snn/wiring.ts';
import { randomTrainedNetwork } from '../../support/random-network.ts';

const converted = (seed: number) => convert(randomTrainedNetwork(seed), { neuron: 'half' }).snn;

test('the differences of the logits are those of the weights', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), (seed, choice) => {
      const network = converted(seed);
      const wiring = wiringOf(network);
      const best = choice % network.classes;
      const readout = wiring.at(-1)!;
      if (readout.spikes.some(({ kind }) => kind === 'identity')) return;
      const differences = readoutDifferences(wiring, best)?.at(-1);
      assert.ok(differences, 'a readout of weights has differences');
      for (const [g, synapses] of readout.spikes.entries()) {
        const [h, w, c] = synapses.source;
        const counts = Float64Array.from({ length: h * w * c }, (_, i) => (i % 5) - 2);
        const [logits, found] = [new Float64Array(network.classes), new Float64Array(network.classes)];
        propagate(synapses, counts, logits);
        propagate(differences.spikes[g]!, counts, found);
        found.forEach((difference, k) => {
          const wanted = logits[best]! * readout.unit[best]! - logits[k]! * readout.unit[k]!;
          assert.ok(Math.abs(difference - wanted) <= 1e-9 * (1 + Math.abs(wanted)), `${k}`);
        });
      }
    }),
    { numRuns: 40 },
  );
});

test('a readout with an identity or groups has none', () => {
  const wiring = wiringOf(converted(1));
  const readout = wiring.at(-1)!;
  for (const other of [{ groups: 2 }, { kind: 'identity' }] as const) {
    const spikes = readout.spikes.map((synapses) => ({ ...synapses, ...other }));
    assert.equal(readoutDifferences([...wiring.slice(0, -1), { ...readout, spikes }], 0), null);
  }
});
