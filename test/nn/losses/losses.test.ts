/** @file Losses say what they expected. Their values and gradients are compared with PyTorch's in test/tensor/torch.test.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossEntropy } from '../../../src/nn/losses/cross-entropy.ts';
import { mse } from '../../../src/nn/losses/mse.ts';
import { doubleTape } from '../../tensor/gradient-check.ts';

test('crossEntropy names what does not fit', () => {
  const logits = doubleTape().array([[1, 2, 3], [3, 2, 1]]); // biome-ignore format: a matrix
  assert.throws(
    () => crossEntropy(logits, [1]),
    /expected logits \[1, classes\] for 1 labels, found \[2,3\]/,
  );
  assert.throws(() => crossEntropy(logits, [1, 3]), /expected labels below 3, found 3/);
  assert.equal(crossEntropy(logits, [1, 2]).item(), crossEntropy(logits, Uint8Array.of(1, 2)).item());
});

test('mse of the same is 0', () => {
  const x = doubleTape().array([1, 2]);
  assert.equal(mse(x, x).item(), 0);
});
