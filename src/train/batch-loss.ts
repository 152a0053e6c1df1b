/**
 * @file What one batch costs: cross-entropy with the labels and, as the options say, with a teacher's answers, and spikes.
 */
import type { Floats } from '../kernels/kernels.ts';
import { forward } from '../nn/forward.ts';
import type { Model } from '../nn/model.ts';
import type { Random } from '../random/random.ts';
import { add } from '../tensor/ops/add.ts';
import { scale } from '../tensor/ops/scale.ts';
import { softCrossEntropy } from '../tensor/ops/soft-cross-entropy.ts';
import { softmaxCrossEntropy } from '../tensor/ops/softmax-cross-entropy.ts';
import { spikePenalty } from '../tensor/ops/spike-penalty.ts';
import type { Tape } from '../tensor/tape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { TrainOptions } from './options.ts';

export interface Batch {
  /** [batch, height, width, channels] */
  readonly x: Tensor;
  /** [batch] */
  readonly labels: Uint8Array<ArrayBufferLike>;
  /** The teacher's softened answers [batch, classes]; null without a teacher. */
  readonly targets: Floats | null;
  /** Of dropout. */
  readonly random: Random;
  /** Before the activations' grid comes in. */
  readonly continuous: boolean;
}

/**
 * (1 - teacherWeight) * cross-entropy + teacherWeight * soft cross-entropy + spikePenalty * firing rates.
 * @returns logits [batch, classes] and the loss [1]
 */
export function batchLoss(
  tape: Tape,
  model: Model,
  { x, labels, targets, random, continuous }: Batch,
  options: TrainOptions,
): { readonly logits: Tensor; readonly loss: Tensor } {
  const penalties: Tensor[] = [];
  const logits = forward(tape, model, x, {
    training: random,
    continuous,
    onOutput: (layer, output) => {
      if (layer.kind !== 'activation' || continuous || options.spikePenalty === 0) return;
      const theta = model.tensors.get(`${layer.name}.theta`);
      if (theta) penalties.push(spikePenalty(tape, output, theta, options.spikePenalty, options.spikeCode));
    },
  });
  const entropy = softmaxCrossEntropy(tape, logits, labels, options.labelSmoothing);
  const { teacherWeight, temperature } = options;
  const taught =
    targets === null
      ? entropy
      : add(
          tape,
          scale(tape, entropy, 1 - teacherWeight),
          scale(tape, softCrossEntropy(tape, logits, targets, temperature), teacherWeight),
        );
  return { logits, loss: penalties.reduce((sum, penalty) => add(tape, sum, penalty), taught) };
}
