import type { Architecture, Layer, MapShape } from '../architecture.ts';
import { builder, type ModelOptions } from './build.ts';

/** Batch norms of short courses: running statistics that follow quickly. */
const NORM = { epsilon: 1e-12, momentum: 0.4 } as const;

/** Channels of the three blocks, and whether a block ends in a residual pair of convolutions. */
const PLANS = {
  'cifar-fast': { channels: [64, 256, 256], residual: false },
  'cifar-residual': { channels: [128, 256, 384], residual: true },
} as const;

/**
 * Three blocks after a small first layer that is meant to whiten (after K. Jordan, arXiv:2404.00498, with means for its largest values and
 * a clip for its GELU): conv 3 x 3, pool 2, batch norm, activation, conv 3 x 3, batch norm, activation; 101 million multiply-accumulates
 * at 32 x 32 x 3 (118 with those of the border). `cifar-residual` has wider blocks, whose second part is a residual pair of convolutions: 244 million.
 */
export function cifarFast(
  name: keyof typeof PLANS,
  input: MapShape,
  classes: number,
  options: ModelOptions,
): Architecture {
  const b = builder(options);
  const late = options.pooling === 'after';
  let [height, width] = [input[0] - 1, input[1] - 1];
  // both signs of every direction of a 2 x 2 patch
  let channels = 2 * 4 * input[2];
  const layers: Layer[] = [b.conv(input[2], channels, 2), b.act(channels)];
  const { channels: plan, residual } = PLANS[name];
  for (const step of plan) {
    const out = b.wide(step);
    layers.push(...b.inner(channels, out));
    if (!late) layers.push(b.pool(2));
    layers.push(b.norm(out, NORM), b.act(out));
    if (residual) {
      const body = [
        ...b.inner(out, out),
        b.norm(out, NORM),
        b.act(out),
        ...b.inner(out, out),
        b.norm(out, NORM),
      ];
      layers.push(b.residual(body, []), b.act(out));
    } else layers.push(...b.inner(out, out), b.norm(out, NORM), b.act(out));
    if (late) layers.push(b.pool(2));
    [height, width] = [Math.floor(height / 2), Math.floor(width / 2)];
    channels = out;
  }
  const pool = Math.max(1, Math.min(height, width));
  if (pool > 1) layers.push(b.pool(pool));
  const features = Math.floor(height / pool) * Math.floor(width / pool) * channels;
  layers.push(b.flatten(), b.linear(features, classes, options.restHead ?? false));
  return { name, input, classes, layers };
}
