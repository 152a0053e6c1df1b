/**
 * @file Tour, stop 1. What do `full` and `half` say of 0.375 after 10 steps, theta = 1?
 *
 * 10 * 0.375 = 3.75 spikes would be right. `full` waits for a whole spike and truncates to 3, `half` rounds to 4: it is nearer,
 * and what is left in its potential is at most half a spike.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neuronNamed, step } from '../../../src/index.ts';

function tenSteps(neuron: string): { count: number; left: number } {
  let [v, count] = [0, 0];
  for (let t = 0; t < 10; t++) {
    const fired = step(v, 0.375, 1, neuronNamed(neuron).rule);
    v = fired.v;
    count += fired.s;
  }
  return { count, left: v };
}

test('full truncates 3.75 to 3, half rounds it to 4', () => {
  assert.deepEqual(tenSteps('full'), { count: 3, left: 0.75 });
  assert.deepEqual(tenSteps('half'), { count: 4, left: -0.25 });
});
