import { clipped, clipSlope, clipThetaSlope } from '../clip/reference.ts';
import type { BatchNormArrays, BatchNormGradients, Floats, RowsShape, ThresholdClip } from '../kernels.ts';

/** y = clip(gamma * (x - mean) * inverseDeviation + beta), statistics over the rows of this batch. */
export function batchNorm(
  x: Floats,
  { gamma, beta, mean, inverseDeviation }: BatchNormArrays,
  epsilon: number,
  fused: ThresholdClip | null,
  y: Floats,
  shape: RowsShape,
): void {
  const { rows, channels } = shape;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += x[r * channels + c]!;
    const m = sum / rows;
    let squares = 0;
    for (let r = 0; r < rows; r++) squares += (x[r * channels + c]! - m) ** 2;
    const inverse = 1 / Math.sqrt(squares / rows + epsilon);
    mean[c] = m;
    inverseDeviation[c] = inverse;
    for (let r = 0; r < rows; r++) {
      y[r * channels + c] = gamma[c]! * (x[r * channels + c]! - m) * inverse + beta[c]!;
    }
  }
  if (fused) clipped(y, fused.theta, fused.clip, y, channels);
}

/**
 * With z = gamma * n + beta, n = (x - mean) * inverseDeviation, dz = dy * slope(z):
 * dbeta = sum dz, dgamma = sum dz * n, dx = gamma * inverseDeviation * (dz - dbeta / rows - n * dgamma / rows).
 */
export function batchNormBackward(
  x: Floats,
  { gamma, beta, mean, inverseDeviation }: BatchNormArrays,
  fused: ThresholdClip | null,
  dy: Floats,
  { dx, dgamma, dbeta, dtheta }: BatchNormGradients,
  shape: RowsShape,
): void {
  const { rows, channels } = shape;
  dtheta?.fill(0);
  for (let c = 0; c < channels; c++) {
    const t = fused && fused.theta.length > 1 ? c : 0;
    const normal = (i: number): number => (x[i]! - mean[c]!) * inverseDeviation[c]!;
    const upstream = (i: number): number =>
      fused ? dy[i]! * clipSlope(gamma[c]! * normal(i) + beta[c]!, fused.theta[t]!, fused.clip) : dy[i]!;
    let sum = 0;
    let product = 0;
    for (let r = 0; r < rows; r++) {
      const i = r * channels + c;
      const n = normal(i);
      sum += upstream(i);
      product += upstream(i) * n;
      if (fused && dtheta) {
        dtheta[t]! += dy[i]! * clipThetaSlope(gamma[c]! * n + beta[c]!, fused.theta[t]!, fused.clip);
      }
    }
    dbeta[c] = sum;
    dgamma[c] = product;
    for (let r = 0; r < rows; r++) {
      const i = r * channels + c;
      const centred = upstream(i) - sum / rows - (normal(i) * product) / rows;
      dx[i] = gamma[c]! * inverseDeviation[c]! * centred;
    }
  }
}

/** y = clip(scale[c] * x + shift[c]). */
export function scaleShift(
  x: Floats,
  scale: Floats,
  shift: Floats,
  fused: ThresholdClip | null,
  y: Floats,
  shape: RowsShape,
): void {
  const { rows, channels } = shape;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < channels; c++) {
      y[r * channels + c] = scale[c]! * x[r * channels + c]! + shift[c]!;
    }
  }
  if (fused) clipped(y, fused.theta, fused.clip, y, channels);
}
