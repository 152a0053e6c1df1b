/** @file The ratios to fairer ANNs are those of the estimators and of the traffic, and meet where two ANNs are the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { type AgainstAnn, againstAnns, bitsOf } from '../../src/energy/against-anns.ts';
import { countOperations } from '../../src/energy/count-operations.ts';
import { countTraffic } from '../../src/energy/count-traffic.ts';
import { estimateEnergy } from '../../src/energy/estimate-energy.ts';
import { estimatorNamed } from '../../src/energy/estimators.ts';
import { MEMORIES, memoryEnergy } from '../../src/energy/memories.ts';
import { neuronNamed } from '../../src/snn/neurons/index.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

const near = (found: readonly number[], expected: readonly number[]): void => {
  assert.equal(found.length, expected.length);
  found.forEach((value, t) => {
    assert.ok(Math.abs(value - expected[t]!) <= 1e-12 * expected[t]!, `${value}, expected ${expected[t]}`);
  });
};
const same = (one: AgainstAnn, other: AgainstAnn): void => {
  for (const key of ['arithmetic', 'bytes', 'bytesIdeal'] as const) near(one[key], other[key]);
};
const run = (seed: number, steps: number) => {
  const trained = randomTrainedNetwork(seed);
  const { snn } = convert(trained, { neuron: 'half' });
  return { snn, result: simulate(snn, randomImages(trained, 2, seed), { steps }) };
};
const seeds = fc.integer({ min: 0, max: 1e6 });

test('dense: the ratios of the estimator and of the memories', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 5 }), (seed, steps) => {
      const { snn, result } = run(seed, steps);
      const { dense, int8 } = againstAnns(snn, result);
      const counts = countOperations(snn, result);
      for (const [name, { arithmetic }] of [
        ['horowitz-fp32', dense],
        ['horowitz-int8', int8!],
      ] as const) {
        const { annJoule, snnJoule } = estimateEnergy(estimatorNamed(name), counts);
        near(
          arithmetic,
          snnJoule.map((joule) => joule / annJoule!),
        );
      }
      const energy = memoryEnergy(MEMORIES[0]!, countTraffic(snn, result));
      near(
        dense.bytes,
        energy.snnJoule.map((joule) => joule / energy.annJoule),
      );
      near(
        dense.bytesIdeal,
        energy.snnIdealJoule.map((joule) => joule / energy.annIdealJoule),
      );
    }),
    { numRuns: 30 },
  );
});

test('an ANN without a zero skips nothing; one of 8 bits is the one whose T steps say 8 bits; fewer bits cost less', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { snn, result } = run(seed, 64); // -64..64: 129 values
      const { dense, zeros, int8, bits } = againstAnns(snn, result, 1);
      same(zeros!, dense);
      const last = ({ arithmetic, bytes, bytesIdeal }: AgainstAnn): AgainstAnn => ({
        arithmetic: arithmetic.slice(-1),
        bytes: bytes.slice(-1),
        bytesIdeal: bytesIdeal.slice(-1),
      });
      same(last(bits!), last(int8!));
      for (let t = 0; t < 63; t++) {
        assert.ok(bits!.arithmetic[t]! >= int8!.arithmetic[t]!);
        assert.ok(bits!.bytes[t]! > int8!.bytes[t]!);
      }
      const half = againstAnns(snn, result, 0.5).zeros!;
      near(
        half.arithmetic,
        dense.arithmetic.map((ratio) => 2 * ratio),
      );
      near(half.bytesIdeal, dense.bytesIdeal);
      assert.ok(half.bytes[0]! > dense.bytes[0]!);
    }),
    { numRuns: 10 },
  );
});

test('bits hold every whole number of a neuron in T steps, and one bit fewer does not', () => {
  const ranges = fc.record({
    lowest: fc.constantFrom(-1 as const, 0 as const),
    highest: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(ranges, fc.integer({ min: 1, max: 300 }), (range, steps) => {
      const values = (range.highest - range.lowest) * steps + 1;
      const bits = bitsOf(range, steps);
      assert.ok(2 ** bits >= values && 2 ** (bits - 1) < values);
    }),
  );
});

test('a neuron that takes spikes back keeps only counts from 0 on: one bit for one step', () => {
  const { snn } = run(3, 1);
  const memory = { ...snn, neuron: neuronNamed('memory') };
  const result = simulate(memory, randomImages(randomTrainedNetwork(3), 2, 3), { steps: 1 });
  const { int8, bits } = againstAnns(memory, result);
  const { annMac, snnMac } = countOperations(memory, result);
  const dearer = (0.23 * annMac) / (0.23 * snnMac + 0.055 * (annMac - snnMac));
  near([bits.arithmetic[0]! / int8.arithmetic[0]!], [dearer]);
});
