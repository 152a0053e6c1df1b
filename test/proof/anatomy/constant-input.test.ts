/** @file The ideal count in closed form is what the neurons themselves send, ties and all. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { constantInput } from '../../../src/proof/anatomy/constant-input.ts';
import type { SpikingNetwork } from '../../../src/snn/network.ts';
import { neuronNamed } from '../../../src/snn/neurons/index.ts';

/** k / 8 for currents, k / 4 for thresholds: many ties, no rounding. */
const cases = fc.record({
  neuron: fc.constantFrom('full', 'half', 'unipolar', 'tracer'),
  steps: fc.integer({ min: 1, max: 12 }),
  theta: fc.integer({ min: 1, max: 12 }),
  half: fc.boolean(),
  currents: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 20 }),
});

test('closed form = the neuron, asked by a run of its layer alone; so are the largest and smallest rate', () => {
  fc.assert(
    fc.property(cases, ({ neuron, steps, theta: height, half, currents }) => {
      const theta = Float32Array.of(height / 4);
      const shape = [1, 1, currents.length] as const;
      const layer = { name: 'l', shape, theta, bias: new Float32Array(currents.length), inputs: [] };
      const network: SpikingNetwork = {
        name: 'n',
        input: [1, 1, 1],
        classes: 1,
        neuron: neuronNamed(neuron),
        initialPotential: neuron === 'tracer' || (neuron === 'unipolar' && half) ? 0.5 : 0,
        layers: [layer],
        provenance: {},
      };
      const heights = new Float64Array(currents.length).fill(height / 4);
      const totals = Float64Array.from(currents, (k) => (steps * k) / 8);
      const [closed, asked] = [false, true].map((simulated) =>
        constantInput(network, layer, heights, steps, 'streaming', simulated),
      );
      assert.deepEqual(closed!.counts(totals), asked!.counts(totals));
      assert.deepEqual([closed!.lowest, closed!.highest], [asked!.lowest, asked!.highest]);
      assert.equal(closed!.lowest, neuron === 'unipolar' ? 0 : -1);
    }),
    { numRuns: 300 },
  );
});
