/**
 * @file The clipped activations: value and straight-through derivatives as scalar functions, and one loop for each.
 * With a = leak(x), the grid's quantum is q = theta / levels:
 *   truncate  y = q * trunc(a / q)          (the rates of a `full` neuron in `levels` steps)
 *   round     y = q * floor(a / q + 1/2)    (the rates of a `half` neuron)
 */
import type { Clip, Floats, RowsShape, ThresholdClip } from '../kernels.ts';

/** The activation of one value. */
export function clipValue(x: number, theta: number, clip: Clip): number {
  const a = Math.min(Math.max(x < 0 ? clip.leak * x : x, clip.lower === 0 ? 0 : -theta), theta);
  if (clip.levels === 0) return a;
  const q = theta / clip.levels;
  return q * (clip.rounding === 'truncate' ? Math.trunc(a / q) : Math.floor(a / q + 0.5));
}

/** d(activation)/dx, straight through the grid: the slope inside [lower * theta, theta], 0 outside. */
export function clipSlope(x: number, theta: number, clip: Clip): number {
  const a = x < 0 ? clip.leak * x : x;
  if (a > theta || a < (clip.lower === 0 ? 0 : -theta)) return 0;
  return x < 0 ? clip.leak : 1;
}

/** d(activation)/dtheta: +-1 where it is clipped at +-theta; inside, what the grid's rounding adds: (y - a) / theta. */
export function clipThetaSlope(x: number, theta: number, clip: Clip): number {
  const a = x < 0 ? clip.leak * x : x;
  if (a > theta) return 1;
  if (clip.lower === 0 ? a < 0 : a < -theta) return clip.lower;
  return clip.levels === 0 ? 0 : (clipValue(x, theta, clip) - a) / theta;
}

/** y = clip(x) for values in rows of `channels`; y may be x. */
export function clipped(x: Floats, theta: Floats, clip: Clip, y: Floats, channels: number): void {
  const perChannel = theta.length > 1;
  for (let i = 0; i < y.length; i++) y[i] = clipValue(x[i]!, theta[perChannel ? i % channels : 0]!, clip);
}

export function clip(x: Floats, { clip, theta }: ThresholdClip, y: Floats, shape: RowsShape): void {
  clipped(x, theta, clip, y, shape.channels);
}

/** dx = dy * slope; dtheta = sum of dy * thetaSlope, per theta. */
export function clipBackward(
  x: Floats,
  { clip, theta }: ThresholdClip,
  dy: Floats,
  dx: Floats,
  dtheta: Floats,
  shape: RowsShape,
): void {
  const perChannel = theta.length > 1;
  dtheta.fill(0);
  for (let i = 0; i < dy.length; i++) {
    const t = perChannel ? i % shape.channels : 0;
    dtheta[t]! += dy[i]! * clipThetaSlope(x[i]!, theta[t]!, clip);
    dx[i] = dy[i]! * clipSlope(x[i]!, theta[t]!, clip);
  }
}
