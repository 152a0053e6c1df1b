/**
 * @file Tour, stop 7. An operation that is x where x >= 0 and x / 4 below.
 *
 * It is the larger of the two. The formula alone gives the kernel, and the gradient: 1 on the right, 1/4 on the left.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRuntime, type Operation, Tape } from '../../../src/index.ts';

const leaky: Operation = { name: 'quarter', formula: (x) => x.maximum(x.mul(0.25)) };

test('values and gradient', () => {
  const runtime = createRuntime({ workers: 1 });
  const tape = Tape.on(runtime);
  const x = tape.array([-4, 8], true);
  const y = x.apply(leaky);
  assert.deepEqual([...y.data], [-1, 8]);
  y.sum().backward();
  assert.deepEqual([...x.gradient!], [0.25, 1]);
  tape.close();
  runtime.close();
});
