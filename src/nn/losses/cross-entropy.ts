import type { Labels } from '../../kernels/kernels.ts';
import type { Tensor } from '../../tensor/interfaces.ts';
import { softmaxCrossEntropy } from '../../tensor/ops/softmax-cross-entropy.ts';
import { tapeOf } from '../../tensor/ops/tape-of.ts';

/** How the targets are made. */
export interface CrossEntropyOptions {
  /** Share of every target that is spread over all classes. Default: 0. */
  readonly labelSmoothing?: number;
}

/**
 * The mean over the batch of -log softmax(logits) at the labels. logits: [batch, classes]; the result has shape [1].
 * @throws Error when there are more or fewer labels than rows, or a label is no class
 * @example
 * const loss = crossEntropy(tape.array([[0, 0], [0, 0]]), [0, 1]);
 * Math.round(1000 * loss.item()); // 693
 */
export function crossEntropy(
  logits: Tensor,
  labels: readonly number[] | Labels,
  { labelSmoothing = 0 }: CrossEntropyOptions = {},
): Tensor {
  const [batch, classes] = logits.shape;
  if (logits.shape.length !== 2 || labels.length !== batch)
    throw new Error(
      `crossEntropy: expected logits [${labels.length}, classes] for ${labels.length} labels, found [${logits.shape}]`,
    );
  const wrong = (labels as readonly number[]).find(
    (label) => !Number.isInteger(label) || label < 0 || label >= classes!,
  );
  if (wrong !== undefined) throw new Error(`crossEntropy: expected labels below ${classes}, found ${wrong}`);
  const own = Array.isArray(labels) ? Uint16Array.from(labels) : (labels as Labels);
  return softmaxCrossEntropy(tapeOf('crossEntropy', [logits]), logits, own, labelSmoothing);
}
