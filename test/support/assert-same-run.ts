/**
 * @file Asserts that two simulations do not differ in a single bit.
 */
import assert from 'node:assert/strict';
import type { SimulationResult } from '../../src/snn/simulation.ts';

export function assertSameRun(actual: SimulationResult, expected: SimulationResult): void {
  assert.deepEqual(actual.logits, expected.logits);
  assert.deepEqual(actual.predictions, expected.predictions);
  actual.layers.forEach((layer, l) => {
    assert.deepEqual(layer, expected.layers[l]);
  });
  assert.deepEqual(actual.latency, expected.latency);
  assert.deepEqual(actual.stopped, expected.stopped);
  actual.record.forEach((layer, l) => {
    assert.deepEqual(layer, expected.record[l]);
  });
}
