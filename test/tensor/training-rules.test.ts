/** @file Rules of training as PyTorch has them: dropout's scale, the running variance, what label smoothing spreads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Random } from '../../src/random/random.ts';
import { batchNorm, batchNormInference } from '../../src/tensor/ops/batch-norm.ts';
import { dropout } from '../../src/tensor/ops/dropout.ts';
import { softmaxCrossEntropy } from '../../src/tensor/ops/softmax-cross-entropy.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { doubleTape } from './gradient-check.ts';

const tensor = (values: readonly number[], shape: readonly number[], gradient = false): Tensor =>
  new Tensor(Float64Array.from(values), shape, gradient);

test('dropout: torch.nn.Dropout(p) keeps with 1 - p and scales what it keeps by 1 / (1 - p)', () => {
  const count = 20_000;
  for (const rate of [0.2, 0.5, 0.75]) {
    const tape = doubleTape();
    const y = dropout(tape, tensor(new Array(count).fill(3), [count]), rate, Random.seeded(1));
    const kept = Array.from(y.data).filter((value) => value !== 0);
    for (const value of kept) assert.ok(Math.abs(value - 3 / (1 - rate)) < 1e-12, `${value} at rate ${rate}`);
    // five standard deviations of a binomial share
    const reach = 5 * Math.sqrt((rate * (1 - rate)) / count);
    assert.ok(Math.abs(kept.length / count - (1 - rate)) < reach, `${kept.length} kept at rate ${rate}`);
    tape.close();
  }
});

test('batch norm: 1, 2, 3, 4 move the running mean 0 to 0.25 and the running variance 1 to 1.0666667, as torch.nn.BatchNorm1d(1)', () => {
  const bn = {
    gamma: tensor([1], [1]),
    beta: tensor([0], [1]),
    mean: tensor([0], [1]),
    variance: tensor([1], [1]),
    epsilon: 1e-5,
    momentum: 0.1,
  };
  const tape = doubleTape();
  const y = batchNorm(tape, tensor([1, 2, 3, 4], [4, 1]), bn, null);
  // the batch itself is divided by its biased deviation: sqrt(1.25 + 1e-5)
  [-1.3416354, -0.4472118, 0.4472118, 1.3416354].forEach((value, i) => {
    assert.ok(Math.abs(y.data[i]! - value) < 1e-6, `${y.data[i]}, PyTorch ${value}`);
  });
  assert.ok(Math.abs(bn.mean.data[0]! - 0.25) < 1e-12, `${bn.mean.data[0]}`);
  assert.ok(Math.abs(bn.variance.data[0]! - (0.9 + 0.1 * (5 / 3))) < 1e-9, `${bn.variance.data[0]}`);
  const frozen = batchNormInference(tape, tensor([2.5], [1, 1]), bn, null);
  assert.ok(Math.abs(frozen.data[0]! - 2.25 / Math.sqrt(0.9 + 0.5 / 3 + 1e-5)) < 1e-9, `${frozen.data[0]}`);
  tape.close();
});

test('batch norm: the running statistics of any batches are those of their definition', () => {
  const numbers = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(numbers, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(0.1, 0.5, 1),
      (batches, momentum) => {
        const bn = {
          gamma: tensor([1], [1]),
          beta: tensor([0], [1]),
          mean: tensor([0], [1]),
          variance: tensor([1], [1]),
          epsilon: 1e-5,
          momentum,
        };
        let [mean, variance] = [0, 1];
        for (const batch of batches) {
          const tape = doubleTape();
          batchNorm(tape, tensor(batch, [batch.length, 1]), bn, null);
          tape.close();
          const own = batch.reduce((sum, x) => sum + x, 0) / batch.length;
          const squares = batch.reduce((sum, x) => sum + (x - own) ** 2, 0);
          mean = (1 - momentum) * mean + momentum * own;
          variance = (1 - momentum) * variance + (momentum * squares) / (batch.length - 1);
        }
        assert.ok(Math.abs(bn.mean.data[0]! - mean) < 1e-9, `${bn.mean.data[0]}, expected ${mean}`);
        assert.ok(
          Math.abs(bn.variance.data[0]! - variance) < 1e-6 * (1 + variance),
          `${bn.variance.data[0]}, expected ${variance}`,
        );
      },
    ),
  );
});

test('label smoothing spreads over all classes, the right one too, as torch.nn.CrossEntropyLoss(label_smoothing)', () => {
  // equal logits: the loss is log(classes) whatever the smoothing, the gradient (1/classes - target) / rows
  for (const smoothing of [0, 0.1, 0.3]) {
    const tape = doubleTape();
    const logits = tensor([0, 0, 0, 0], [1, 4], true);
    const loss = softmaxCrossEntropy(tape, logits, Uint8Array.of(2), smoothing);
    tape.backward(loss);
    assert.ok(Math.abs(loss.data[0]! - Math.log(4)) < 1e-12);
    const wrong = smoothing / 4;
    [wrong, wrong, 1 - 3 * wrong, wrong].forEach((target, c) => {
      assert.ok(
        Math.abs(logits.gradient![c]! - (0.25 - target)) < 1e-12,
        `class ${c}: ${logits.gradient![c]}`,
      );
    });
    tape.close();
  }
});
