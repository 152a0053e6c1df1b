/** @file What survives of errors in the next sums, against an enumeration of every synapse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CancellationSums } from '../../../src/proof/anatomy/cancellation-sums.ts';
import { Random } from '../../../src/random/random.ts';
import { propagate, wiringOf } from '../../../src/snn/wiring.ts';
import { dyadicCases } from './anatomy-cases.ts';

const near = (found: number, expected: number): void =>
  assert.ok(Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);

test('survives and byChance are shares, and what one synapse after the other adds up to', () => {
  fc.assert(
    fc.property(dyadicCases('half'), fc.nat(), ({ network }, seed) => {
      const wiring = wiringOf(network);
      const random = Random.seeded(seed);
      network.layers.slice(0, -1).forEach((_, from) => {
        const sums = new CancellationSums(wiring, from);
        const images = Array.from({ length: 2 }, () =>
          Float64Array.from({ length: wiring[from]!.neurons }, () => (random.integer(9) - 4) / 8),
        );
        for (const errors of images) sums.add(errors);
        const readers = wiring.filter((layer) => layer.spikes.some((synapses) => synapses.from === from));
        assert.deepEqual(
          sums.result.map(({ into }) => into),
          readers.map(({ name }) => name),
        );
        readers.forEach((reader, r) => {
          let [left, whole, chance] = [0, 0, 0];
          for (const errors of images) {
            const [sum, size, square] = [0, 0, 0].map(() => new Float64Array(reader.neurons));
            for (const synapses of reader.spikes.filter((group) => group.from === from))
              errors.forEach((e, j) => {
                const one = new Float64Array(errors.length);
                one[j] = 1;
                const weights = new Float64Array(reader.neurons);
                propagate(synapses, one, weights);
                weights.forEach((w, i) => {
                  sum![i]! += w * e;
                  size![i]! += Math.abs(w * e);
                  square![i]! += (w * e) ** 2;
                });
              });
            left += sum!.reduce((total, x) => total + Math.abs(x), 0);
            whole += size!.reduce((total, x) => total + x, 0);
            chance += square!.reduce((total, x) => total + Math.sqrt((2 / Math.PI) * x), 0);
          }
          const { survives, byChance } = sums.result[r]!;
          assert.ok(survives >= 0 && survives <= 1 && byChance >= 0 && byChance <= 1);
          near(survives, whole > 0 ? left / whole : 0);
          near(byChance, whole > 0 ? chance / whole : 0);
        });
      });
    }),
    { numRuns: 30 },
  );
});

test('one error alone survives whole; without errors nothing does', () => {
  fc.assert(
    fc.property(dyadicCases('half'), fc.nat(), ({ network }, place) => {
      const wiring = wiringOf(network);
      const errors = new Float64Array(wiring[0]!.neurons);
      const sums = new CancellationSums(wiring, 0);
      sums.add(errors);
      for (const { survives } of sums.result) assert.equal(survives, 0);
      errors[place % errors.length] = -0.25;
      const silent = wiring[1]!.spikes.every((synapses) => {
        const into = new Float64Array(wiring[1]!.neurons);
        propagate(synapses, errors, into, 'sizes');
        return into.every((x) => x === 0);
      });
      // an identity beside the weights is a second way for one error to the same sum
      if (silent || wiring[1]!.spikes.length > 1) return;
      sums.add(errors);
      assert.equal(sums.result[0]!.survives, 1);
    }),
    { numRuns: 60 },
  );
});
