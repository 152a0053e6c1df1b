/** @file What is reckoned from a measured ratio is what the run itself gives. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { againstAnns, bitsOf } from '../../src/energy/against-anns.ts';
import { againstBits } from '../../src/energy/against-bits.ts';
import { operationCosts } from '../../src/energy/count-operations.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';

test('8 bits and fewer, from the ratio to the 32-bit ANN', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 9 }), (seed, steps) => {
      const trained = randomTrainedNetwork(seed);
      const { snn } = convert(trained, { neuron: 'half' });
      const { dense, int8, bits } = againstAnns(
        snn,
        simulate(snn, randomImages(trained, 2, seed), { steps }),
      );
      const { annMac, snnMac } = operationCosts(snn);
      const from = (width: number): number =>
        againstBits(dense.arithmetic[steps - 1]!, { ann: annMac, snn: snnMac }, width);
      const near = (found: number, expected: number): void =>
        assert.ok(Math.abs(found - expected) < 1e-9 * expected, `${found}, expected ${expected}`);
      near(from(8), int8!.arithmetic[steps - 1]!);
      near(from(bitsOf(snn.neuron.range, steps)), bits!.arithmetic[steps - 1]!);
    }),
    { numRuns: 30 },
  );
});
