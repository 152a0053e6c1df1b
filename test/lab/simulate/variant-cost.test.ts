import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimulatedSteps } from '../../../src/lab/simulate/simulate-steps.ts';
import { compareStop, compareWeights } from '../../../src/lab/simulate/variant-cost.ts';

/** A run of two steps with these classes, and accuracies that follow from the labels. */
function madeUp(
  classes: readonly (readonly number[])[],
  labels: readonly number[],
  stopped?: number[],
): SimulatedSteps {
  const accuracy = Object.fromEntries(
    classes.map((row, t) => [t + 1, (100 * row.filter((k, i) => k === labels[i]).length) / labels.length]),
  );
  return {
    report: { snn: { accuracy } } as unknown as SimulatedSteps['report'],
    spikesByLayer: {},
    classes: Object.fromEntries(classes.map((row, t) => [t + 1, row])),
    ...(stopped && { stopped: Int32Array.from(stopped) }),
  };
}

test('comparisons count points, classes and steps', () => {
  const labels = [1, 2, 3, 4];
  const original = madeUp(
    [
      [1, 2, 3, 0],
      [1, 2, 3, 4],
    ],
    labels,
  );
  const other = madeUp(
    [
      [1, 2, 3, 4],
      [1, 0, 0, 4],
    ],
    labels,
    [1, 2, 1, 2],
  );
  const weights = compareWeights(other, original, 'int8 per layer');
  assert.deepEqual(weights.lost, { 1: -25, 2: 50 });
  assert.deepEqual(weights.mismatchesByStep, { 1: 1, 2: 2 });
  assert.equal(weights.mismatches, 2);
  assert.deepEqual(compareStop(other, original, { rule: 'margin', margin: 3 }, 2), {
    rule: 'margin',
    margin: 3,
    heuristic: true,
    meanSteps: 1.5,
    stoppedEarly: 2,
    reference: 'full run',
    accuracy: 50,
    referenceAccuracy: 100,
    mismatches: 2,
  });
  assert.equal(compareStop(other, original, { rule: 'certain' }, 2).heuristic, false);
});
