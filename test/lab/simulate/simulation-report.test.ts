import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mismatches, spikesPerNeuron } from '../../../src/lab/simulate/simulation-report.ts';
import { recordedRun } from '../../support/recorded-run.ts';

const seed = fc.integer({ min: 1, max: 1_000_000 });
const neuron = fc.constantFrom('full', 'half') as fc.Arbitrary<'full' | 'half'>;

test('spikes per neuron grow with T, and end at the sum of the record', () => {
  fc.assert(
    fc.property(seed, neuron, (seed, neuron) => {
      const result = recordedRun(seed, neuron, 5, 2);
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

test('a network whose only layer is the readout sends no spikes: 0 per neuron, not a mean of nothing', () => {
  const result = recordedRun(1, 'half', 3, 2);
  assert.deepEqual(spikesPerNeuron({ ...result, layers: result.layers.slice(-1) }), [0, 0, 0]);
});
