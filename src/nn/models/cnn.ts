import type { Architecture, MapShape } from '../architecture.ts';
import { builder, type ModelOptions } from './build.ts';

/** The MNIST CNN: 32C5-AP2-64C5-AP2-512-classes with batch normalisation; convolutions keep the map's size. */
export function cnn(input: MapShape, classes: number, options: ModelOptions): Architecture {
  const b = builder(options);
  const [height, width, channels] = input;
  const [c1, c2, f1] = [b.wide(32), b.wide(64), b.wide(512)] as const;
  const features = Math.floor(height / 4) * Math.floor(width / 4) * c2;
  return {
    name: 'cnn',
    input,
    classes,
    layers: [
      b.conv(channels, c1, 5, { padding: 2, bias: false }),
      b.norm(c1),
      b.act(c1),
      b.pool(2),
      b.conv(c1, c2, 5, { padding: 2, bias: false }),
      b.norm(c2),
      b.act(c2),
      b.pool(2),
      b.flatten(),
      b.linear(features, f1, false),
      b.norm(f1),
      b.act(f1),
      b.linear(f1, classes),
    ],
  };
}
