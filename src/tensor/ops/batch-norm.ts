import type { Tape, Tensor } from '../interfaces.ts';
import type { FusedClip } from './clip.ts';
import { rowsShape } from './rows-shape.ts';

export interface BatchNormParameters {
  readonly gamma: Tensor;
  readonly beta: Tensor;
  /** Running mean and variance, updated in training. */
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
  readonly momentum: number;
}

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
  const clip = fused?.clip ?? null;
  const theta = fused?.theta.data ?? null;
  const mean = tape.scratch(rows.channels);
  const inverse = tape.scratch(rows.channels);
  kernels.batchNorm(x.data, gamma.data, beta.data, bn.epsilon, mean, inverse, clip, theta, y.data, rows);
  const unbiased = rows.rows / Math.max(1, rows.rows - 1);
  for (let c = 0; c < rows.channels; c++) {
    const variance = (1 / inverse[c]! ** 2 - bn.epsilon) * unbiased;
    bn.mean.data[c]! += bn.momentum * (mean[c]! - bn.mean.data[c]!);
    bn.variance.data[c]! += bn.momentum * (variance - bn.variance.data[c]!);
  }
  tape.record(y, (dy) => {
    const dx = tape.scratch(x.size);
    const dgamma = tape.scratch(gamma.size);
    const dbeta = tape.scratch(beta.size);
    const dtheta = fused ? tape.scratch(fused.theta.size) : null;
    kernels.batchNormBackward(
      x.data,
      gamma.data,
      beta.data,
      mean,
      inverse,
      clip,
      theta,
      dy,
      dx,
      dgamma,
      dbeta,
      dtheta,
      rows,
    );
    tape.give(x, dx);
    tape.give(gamma, dgamma);
    tape.give(beta, dbeta);
    if (fused && dtheta) tape.give(fused.theta, dtheta);
  });
  return y;
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
  tape.kernels.scaleShift(x.data, scale, shift, fused?.clip ?? null, fused?.theta.data ?? null, y.data, rows);
  return y;
}
