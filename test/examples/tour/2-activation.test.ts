/**
 * @file Tour, stop 2. How many values has the staircase of `half` after T = 4 steps, in [-theta, theta]?
 *
 * It sends any whole number of spikes from -4 to 4, so 9. A neuron without negative spikes would have 5: a clip of both signs says
 * in T steps what a clip of one sign says in 2 T.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neuronNamed, step } from '../../../src/index.ts';

function values(neuron: string): Set<number> {
  const counts: Set<number> = new Set();
  for (let i = -64; i <= 64; i++) {
    let [v, count] = [0, 0];
    for (let t = 0; t < 4; t++) {
      const fired = step(v, i / 64, 1, neuronNamed(neuron).rule);
      v = fired.v;
      count += fired.s;
    }
    counts.add(count);
  }
  return counts;
}

test('nine values with spikes of both signs, five without', () => {
  assert.equal(values('half').size, 9);
  assert.equal(values('unipolar').size, 5);
});
