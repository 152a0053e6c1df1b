/**
 * @file Tour, stop 6. `reset-to-zero` on a current of 0.7 for 10 steps, theta = 1: what is lost, and which law does that break?
 *
 * It fires at steps 2, 4, 6, 8 and 10 with 1.4 in its potential and throws 0.4 away each time: 7 came in, 5 are sent, 0 are left.
 * L1 says theta * N = (sum of all currents) + v(0) - v(T), here 5 = 7: a counterexample to conservation.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neuronNamed, step } from '../../../src/index.ts';

test('five spikes for seven, and an empty potential', () => {
  let [v, sent] = [0, 0];
  for (let t = 0; t < 10; t++) {
    const fired = step(v, 0.7, 1, neuronNamed('reset-to-zero').rule);
    v = fired.v;
    sent += fired.s;
  }
  assert.deepEqual([sent, v], [5, 0]);
});
