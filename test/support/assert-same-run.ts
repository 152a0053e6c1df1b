/**
 * @file Asserts that two simulations do not differ in a single bit.
 */

import type { SimulationResult } from '../../src/snn/simulation.ts';
import { assertSame } from './assert-same.ts';

export function assertSameRun(actual: SimulationResult, expected: SimulationResult): void {
  assertSame(actual.logits, expected.logits);
  assertSame(actual.predictions, expected.predictions);
  actual.layers.forEach((layer, l) => {
    assertSame(layer, expected.layers[l]);
  });
  assertSame(actual.latency, expected.latency);
  assertSame(actual.stopped, expected.stopped);
  actual.record.forEach((layer, l) => {
    assertSame(layer, expected.record[l]);
  });
}
