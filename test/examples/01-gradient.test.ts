/**
 * @file 1. A gradient. Two inputs, two hidden values, one output:
 *
 *     h = x W + b        x = (1, 2)    W = 1/2   1      b = (1/4, -1)
 *                                          1/4  -1
 *     h1 = 1 * 1/2 + 2 * 1/4    + 1/4 =  5/4
 *     h2 = 1 * 1   + 2 * (-1)   - 1   = -2
 *
 *     a = clip(h, -theta, theta), theta = 3/2      a = (5/4, -3/2): the second is clipped
 *     y = 2 a1 + a2                                y = 5/2 - 3/2 = 1
 *
 * Backwards, each number is what y gains when that value grows by 1:
 *
 *     dy/da = (2, 1)                               the weights behind a
 *     dy/dh = (2, 0)                               where a is clipped, h moves nothing
 *     dy/dtheta = -1 * 1 = -1                      a2 = -theta: a larger theta takes it down, and y with it
 *     dy/dW = x1 * dy/dh = 2  0                    each weight multiplies its own input
 *             x2 * dy/dh   4  0
 *     dy/dx = (1/2 * 2, 1/4 * 2) = (1, 1/2)        each input goes through its row of W
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena, createRuntime, Tape } from '../../src/index.ts';

const runtime = createRuntime({ kernels: 'reference' });

function tensor(tape: Tape, shape: number[], values: number[]) {
  const made = tape.tensor(shape, true);
  made.data.set(values);
  return made;
}

test('the chain rule on two inputs, a clip and one output', () => {
  const tape = new Tape(runtime.kernels, new Arena(runtime.heap));
  const x = tensor(tape, [1, 2], [1, 2]);
  const w = tensor(tape, [2, 2], [0.5, 1, 0.25, -1]);
  const b = tensor(tape, [2], [0.25, -1]);
  const theta = tensor(tape, [1], [1.5]);
  const out = tensor(tape, [2, 1], [2, 1]);

  const h = x.matmul(w).add(b);
  const a = h.clip(theta.neg(), theta);
  const y = a.matmul(out);
  assert.deepEqual([...h.data], [1.25, -2]);
  assert.deepEqual([...a.data], [1.25, -1.5]);
  assert.equal(y.item(), 1);

  y.backward();
  assert.deepEqual([...a.gradient!], [2, 1]);
  assert.deepEqual([...h.gradient!], [2, 0]);
  assert.deepEqual([...theta.gradient!], [-1]);
  assert.deepEqual([...w.gradient!], [2, 0, 4, 0]);
  assert.deepEqual([...b.gradient!], [2, 0]);
  assert.deepEqual([...x.gradient!], [1, 0.5]);
  assert.deepEqual([...out.gradient!], [1.25, -1.5]);
});
