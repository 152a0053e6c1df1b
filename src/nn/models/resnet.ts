import type { Architecture, Layer, MapShape } from '../architecture.ts';
import { builder, type ModelOptions } from './build.ts';

/** A small ResNet (He et al., 2016): 3 stages of 2 basic blocks, 64-128-256 channels; shortcuts pool, then project. */
export function resnet(input: MapShape, classes: number, options: ModelOptions): Architecture {
  const b = builder(options);
  const [height, width, inChannels] = input;
  const stem = b.wide(64);
  const layers: Layer[] = [
    b.conv(inChannels, stem, 3, { padding: 1, bias: false }),
    b.norm(stem),
    b.act(stem),
  ];
  let channels = stem;
  let scale = 1;
  for (const stage of [64, 128, 256]) {
    const out = b.wide(stage);
    for (let block = 0; block < 2; block++) {
      const stride = block === 0 && stage > 64 ? 2 : 1;
      scale *= stride;
      const body = [
        b.conv(channels, out, 3, { stride, padding: 1, bias: false }),
        b.norm(out),
        b.act(out),
        b.conv(out, out, 3, { padding: 1, bias: false }),
        b.norm(out),
      ];
      const projects = stride > 1 || channels !== out;
      const shortcut = projects
        ? [...(stride > 1 ? [b.pool(stride)] : []), b.conv(channels, out, 1, { bias: false }), b.norm(out)]
        : [];
      layers.push(b.residual(body, shortcut), b.act(out));
      channels = out;
    }
  }
  const pool = Math.max(1, Math.floor(Math.min(height, width) / scale));
  const [rows, columns] = [Math.floor(height / scale / pool), Math.floor(width / scale / pool)];
  layers.push(b.pool(pool), b.flatten(), b.linear(rows * columns * channels, classes));
  return { name: 'resnet', input, classes, layers };
}
