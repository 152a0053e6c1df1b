import type { Floats, Labels, RowsShape } from '../kernels.ts';

/** Returns the mean of -sum_k target_k log p_k; dlogits = (p - target) / rows, p = softmax(logits). */
export function softmaxCrossEntropy(
  logits: Floats,
  labels: Labels,
  smoothing: number,
  dlogits: Floats,
  shape: RowsShape,
): number {
  const { rows, channels } = shape;
  let loss = 0;
  for (let r = 0; r < rows; r++) {
    const row = r * channels;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < channels; c++) largest = Math.max(largest, logits[row + c]!);
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(logits[row + c]! - largest);
    const logSum = largest + Math.log(sum);
    for (let c = 0; c < channels; c++) {
      const target = (c === labels[r] ? 1 - smoothing : 0) + smoothing / channels;
      const logProbability = logits[row + c]! - logSum;
      loss -= target * logProbability;
      dlogits[row + c] = (Math.exp(logProbability) - target) / rows;
    }
  }
  return loss / rows;
}
