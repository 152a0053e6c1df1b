import type { Floats } from '../../kernels/kernels.ts';
import type { Tape, Tensor } from '../interfaces.ts';
import { rowsShape } from './rows-shape.ts';

/**
 * K^2 times the mean cross-entropy of softmax(logits / K) against soft targets: what a teacher's answers teach, softened
 * by the temperature K (Hinton, Vinyals and Dean, arXiv:1503.02531, whence K^2: gradients of the same size for every K).
 * dlogits = K (softmax(logits / K) - target) / batch.
 * @param targets [batch, classes], each row sums to 1; a constant, no gradient flows into it
 */
export function softCrossEntropy(tape: Tape, logits: Tensor, targets: Floats, temperature: number): Tensor {
  const { rows, channels } = rowsShape(logits);
  if (targets.length !== logits.size)
    throw new Error(
      `softCrossEntropy: [${logits.shape}] logits need as many targets, found ${targets.length}`,
    );
  const loss = tape.result([1], [logits]);
  const gradient = tape.scratch(logits.size);
  const exponents = new Float64Array(channels);
  let sum = 0;
  for (let row = 0; row < logits.size; row += channels) {
    for (let c = 0; c < channels; c++) exponents[c] = logits.data[row + c]! / temperature;
    const largest = exponents.reduce((a, b) => Math.max(a, b));
    const logSum = largest + Math.log(exponents.reduce((total, z) => total + Math.exp(z - largest), 0));
    for (let c = 0; c < channels; c++) {
      const logProbability = exponents[c]! - logSum;
      const target = targets[row + c]!;
      sum -= target * logProbability;
      gradient[row + c] = (temperature * (Math.exp(logProbability) - target)) / rows;
    }
  }
  loss.data[0] = (temperature ** 2 * sum) / rows;
  tape.record(loss, (dloss) => {
    tape.receive(logits, (dlogits) => {
      for (let i = 0; i < dlogits.length; i++) dlogits[i] = gradient[i]! * dloss[0]!;
    });
  });
  return loss;
}
