/**
 * @file 2. A convolution. A 2 x 2 kernel over a 3 x 3 image; each output is the kernel laid over four pixels:
 *
 *     image  1 2 3      kernel  1  2      bias 1/2
 *            4 5 6              0 -1
 *            7 8 9
 *
 *     1*1 + 2*2 + 4*0 - 5 = 0     2*1 + 3*2 + 5*0 - 6 = 2          0  2                      1/2  5/2
 *     4*1 + 5*2 + 7*0 - 8 = 6     5*1 + 6*2 + 8*0 - 9 = 8          6  8    and with bias    13/2 17/2
 *
 * The mean of the four is 18/4 = 9/2. Backwards, each output counts a quarter:
 *
 *     kernel, upper left: the mean of the four pixels it was laid on, (1 + 2 + 4 + 5)/4 = 3; the others 4, 6, 7
 *     the middle pixel was under all four weights: (1 + 2 + 0 - 1)/4 = 1/2; a corner under one: 1/4, 2/4, 0, -1/4
 *
 * With a border of zeros (padding 1) and two steps at a time (stride 2) the kernel hangs over the edge, and only what lies
 * inside counts: -1*1 = -1;  0*2 - 1*3 = -3;  2*4 - 1*7 = 1;  1*5 + 2*6 + 0*8 - 1*9 = 8.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Arena, createRuntime, Tape } from '../../src/index.ts';

const runtime = createRuntime({ kernels: 'reference' });
const tape = new Tape(runtime.kernels, new Arena(runtime.heap));

function tensor(shape: number[], values: number[]) {
  const made = tape.tensor(shape, true);
  made.data.set(values);
  return made;
}

// [batch, height, width, channels], [kernel, kernel, inputs, outputs]
const image = tensor([1, 3, 3, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
const kernel = tensor([2, 2, 1, 1], [1, 2, 0, -1]);
const bias = tensor([1], [0.5]);

test('forward: four windows, and their mean', () => {
  const y = image.conv2d(kernel, { bias });
  assert.deepEqual([...y.data], [0.5, 2.5, 6.5, 8.5]);
  const mean = y.avgPool(2);
  assert.equal(mean.item(), 4.5);

  mean.backward();
  assert.deepEqual([...kernel.gradient!], [3, 4, 6, 7]);
  assert.deepEqual([...bias.gradient!], [1]);
  // The rows of the image; the kernel's weights, each over 4, spread to where they were laid.
  assert.deepEqual([...image.gradient!.slice(0, 3)], [0.25, 0.75, 0.5]);
  assert.deepEqual([...image.gradient!.slice(3, 6)], [0.25, 0.5, 0.25]);
  assert.deepEqual([...image.gradient!.slice(6, 9)], [0, -0.25, -0.25]);
});

test('a border of zeros, two steps at a time', () => {
  const y = image.conv2d(kernel, { stride: 2, padding: 1 });
  assert.deepEqual([...y.data], [-1, -3, 1, 8]);
});
