import type { Floats } from '../../kernels/kernels.ts';
import type { BatchNormParameters, Tape, Tensor } from '../interfaces.ts';
import { dataOf, type FusedClip } from './clip.ts';
import { rowsShape } from './rows-shape.ts';

/**
 * Batch normalisation with the batch's statistics (training), then optionally a clip. x: [..., C]; y as x.
 * The running variance takes the unbiased estimate (divisor rows - 1).
 */
export function batchNorm(tape: Tape, x: Tensor, bn: BatchNormParameters, fused: FusedClip | null): Tensor {
  const { kernels } = tape;
  const { gamma, beta } = bn;
  const rows = rowsShape(x);
  const inputs = fused ? [x, gamma, beta, fused.theta] : [x, gamma, beta];
  const y = tape.result(x.shape, inputs);
  const clip = fused && dataOf(fused);
  const mean = tape.scratch(rows.channels);
  const inverseDeviation = tape.scratch(rows.channels);
  const arrays = { gamma: gamma.data, beta: beta.data, mean, inverseDeviation };
  kernels.batchNorm(x.data, arrays, bn.epsilon, clip, y.data, rows);
  updateRunningStatistics(bn, mean, inverseDeviation, rows.rows);
  tape.record(y, (dy) => {
    const dx = tape.scratch(x.size);
    const dgamma = tape.scratch(gamma.size);
    const dbeta = tape.scratch(beta.size);
    const dtheta = fused ? tape.scratch(fused.theta.size) : null;
    kernels.batchNormBackward(x.data, arrays, clip, dy, { dx, dgamma, dbeta, dtheta }, rows);
    tape.give(x, dx);
    tape.give(gamma, dgamma);
    tape.give(beta, dbeta);
    if (fused && dtheta) tape.give(fused.theta, dtheta);
  });
  return y;
}

/** running = running + momentum * (batch - running); the variance is made unbiased: divisor rows - 1 instead of rows. */
function updateRunningStatistics(
  { mean, variance, epsilon, momentum }: BatchNormParameters,
  batchMean: Floats,
  inverseDeviation: Floats,
  rows: number,
): void {
  const unbiased = rows / Math.max(1, rows - 1);
  for (let c = 0; c < mean.size; c++) {
    const batchVariance = (1 / inverseDeviation[c]! ** 2 - epsilon) * unbiased;
    mean.data[c]! += momentum * (batchMean[c]! - mean.data[c]!);
    variance.data[c]! += momentum * (batchVariance - variance.data[c]!);
  }
}

/** Batch normalisation with the running statistics (inference), then optionally a clip. No gradient. */
export function batchNormInference(
  tape: Tape,
  x: Tensor,
  bn: BatchNormParameters,
  fused: FusedClip | null,
): Tensor {
  const rows = rowsShape(x);
  const scale = tape.scratch(rows.channels);
  const shift = tape.scratch(rows.channels);
  for (let c = 0; c < rows.channels; c++) {
    scale[c] = bn.gamma.data[c]! / Math.sqrt(bn.variance.data[c]! + bn.epsilon);
    shift[c] = bn.beta.data[c]! - bn.mean.data[c]! * scale[c]!;
  }
  const y = tape.tensor(x.shape);
  tape.kernels.scaleShift(x.data, scale, shift, fused && dataOf(fused), y.data, rows);
  return y;
}
