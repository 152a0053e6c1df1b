import type { Architecture, Layer, MapShape } from '../architecture.ts';
import { builder, type ModelOptions } from './build.ts';

/** A small ResNet (He et al., 2016): 3 stages of 2 basic blocks, 64-128-256 channels; shortcuts pool, then project. */
export function resnet(input: MapShape, classes: number, options: ModelOptions): Architecture {
  const b = builder(options);
  let [height, width] = input;
  const inChannels = input[2];
  const stem = b.wide(64);
  const layers: Layer[] = [
    b.conv(inChannels, stem, 3, { padding: 1, bias: false }),
    b.norm(stem),
    b.act(stem),
  ];
  let channels = stem;
  for (const stage of [64, 128, 256]) {
    const out = b.wide(stage);
    for (let block = 0; block < 2; block++) {
      const stride = block === 0 && stage > 64 ? 2 : 1;
      const body = [
        b.conv(channels, out, 3, { stride, padding: 1, bias: false }),
        b.norm(out),
        b.act(out),
        b.conv(out, out, 3, { padding: 1, bias: false }),
        b.norm(out),
      ];
      const projects = stride > 1 || channels !== out;
      // of an odd map the body keeps the larger half, and the last windows of the shortcut reach over the border
      const border = [0, height % 2, 0, width % 2] as const;
      const shortcut = projects
        ? [
            ...(stride > 1 ? [b.pool(stride, border)] : []),
            b.conv(channels, out, 1, { bias: false }),
            b.norm(out),
          ]
        : [];
      [height, width] = [Math.ceil(height / stride), Math.ceil(width / stride)];
      layers.push(b.residual(body, shortcut), b.act(out));
      channels = out;
    }
  }
  const pool = Math.min(height, width);
  const [rows, columns] = [Math.floor(height / pool), Math.floor(width / pool)];
  layers.push(b.pool(pool), b.flatten(), b.linear(rows * columns * channels, classes));
  return { name: 'resnet', input, classes, layers };
}
