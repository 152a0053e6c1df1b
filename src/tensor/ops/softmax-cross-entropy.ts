import type { Labels } from '../../kernels/kernels.ts';
import type { Tape, Tensor } from '../interfaces.ts';
import { rowsShape } from './rows-shape.ts';

/** Mean cross-entropy of logits [batch, classes] against class labels, smoothed. The result has shape [1]. */
export function softmaxCrossEntropy(tape: Tape, logits: Tensor, labels: Labels, smoothing = 0): Tensor {
  const loss = tape.result([1], [logits]);
  const gradient = tape.scratch(logits.size);
  const rows = rowsShape(logits);
  loss.data[0] = tape.kernels.softmaxCrossEntropy(logits.data, labels, smoothing, gradient, rows);
  tape.record(loss, (dloss) => {
    tape.receive(logits, (dlogits) => {
      for (let i = 0; i < dlogits.length; i++) dlogits[i] = gradient[i]! * dloss[0]!;
    });
  });
  return loss;
}
