import type { Architecture, MapShape } from '../architecture.ts';
import { builder, type ModelOptions } from './build.ts';

/** LeNet-5 (LeCun et al., 1998) with average pooling: 6C5-AP2-16C5-AP2-120-84-classes, padded so that 28 x 28 and 32 x 32 fit. */
export function lenet(input: MapShape, classes: number, options: ModelOptions): Architecture {
  const b = builder(options);
  const [height, width, channels] = input;
  const padding = height < 32 ? 2 : 0;
  const after = (length: number): number => Math.floor((Math.floor((length + 2 * padding - 4) / 2) - 4) / 2);
  const [c1, c2, f1, f2] = [b.wide(6), b.wide(16), b.wide(120), b.wide(84)] as const;
  return {
    name: 'lenet',
    input,
    classes,
    layers: [
      b.conv(channels, c1, 5, { padding }),
      b.act(c1),
      b.pool(2),
      b.conv(c1, c2, 5),
      b.act(c2),
      b.pool(2),
      b.flatten(),
      b.linear(after(height) * after(width) * c2, f1),
      b.act(f1),
      b.linear(f1, f2),
      b.act(f2),
      b.linear(f2, classes),
    ],
  };
}
