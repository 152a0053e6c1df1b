import { add } from '../tensor/ops/add.ts';
import { scale } from '../tensor/ops/scale.ts';
import { softCrossEntropy } from '../tensor/ops/soft-cross-entropy.ts';
import { softmaxCrossEntropy } from '../tensor/ops/softmax-cross-entropy.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { MiniBatch } from './mini-batch.ts';
import type { TrainOptions } from './options.ts';

/**
 * What one mini-batch costs: cross-entropy with the labels and, where the options say so, with a teacher's answers, and spikes.
 * loss = (1 - teacherWeight) * cross-entropy + teacherWeight * soft cross-entropy + sum of penalties.
 * @param logits [batch, classes]
 * @param penalties [1] each
 * @returns [1]
 */
export function batchLoss(
  tape: Tape,
  logits: Tensor,
  { labels, targets }: Pick<MiniBatch, 'labels' | 'targets'>,
  penalties: readonly Tensor[],
  { labelSmoothing, teacherWeight, temperature }: TrainOptions,
): Tensor {
  const entropy = softmaxCrossEntropy(tape, logits, labels, labelSmoothing);
  const taught =
    targets === null
      ? entropy
      : add(
          tape,
          scale(tape, entropy, 1 - teacherWeight),
          scale(tape, softCrossEntropy(tape, logits, targets, temperature), teacherWeight),
        );
  return penalties.reduce((sum, penalty) => add(tape, sum, penalty), taught);
}
