/**
 * @file 4. A spiking neuron, step by step. At each step it adds the current I to its potential v. If the sum m reaches a
 * threshold it sends a spike s, worth theta, and takes theta off. Two neurons side by side, theta = 8 and I = 5 for 3 steps:
 *
 *             full: fires at 8 and -8         half: fires at 4 and -4
 *     step     m = v + I    s    v = m - 8 s    m    s    v
 *       1        0 + 5 =  5    0    5             5    1   -3
 *       2        5 + 5 = 10    1    2             2    0    2
 *       3        2 + 5 =  7    0    7             7    1   -1
 *     N = sum of s             1                       2
 *     says theta * N / 3       8/3                    16/3       it should say 5 = 15/3
 *
 * 3 * 5 / 8 = 1.875 spikes would be right. `full` truncates to 1 and `half` rounds to 2 (laws L4 and L7). Nothing is lost:
 * 15 came in, 8 * 1 + 7 = 15 and 8 * 2 - 1 = 15 are sent or still there (law L1). A current of -5 is the mirror image (L6), and one of 20
 * is more than 3 spikes can say: both send 3, which is what the clip of the activation asks for.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neuronNamed, step } from '../../src/index.ts';

const theta = 8;

/** Three steps of one neuron: [m, s, v] of each. */
function threeSteps(kind: 'full' | 'half', current: number): number[][] {
  let v = 0;
  return [1, 2, 3].map(() => {
    const m = v + current;
    const fired = step(v, current, theta, neuronNamed(kind).rule);
    v = fired.v;
    return [m, fired.s, v];
  });
}

const count = (steps: number[][]): number => steps.reduce((sum, [, s]) => sum + s!, 0);

test('full: 5 three times sends 1', () => {
  assert.deepEqual(threeSteps('full', 5), [
    [5, 0, 5],
    [10, 1, 2],
    [7, 0, 7],
  ]);
});

test('half: 5 three times sends 2', () => {
  assert.deepEqual(threeSteps('half', 5), [
    [5, 1, -3],
    [2, 0, 2],
    [7, 1, -1],
  ]);
});

test('-5 is the mirror image; 20 is as much as it can say', () => {
  assert.deepEqual([count(threeSteps('full', -5)), count(threeSteps('half', -5))], [-1, -2]);
  assert.deepEqual([count(threeSteps('full', 20)), count(threeSteps('half', 20))], [3, 3]);
});
