import type { Architecture, Layer, MapShape } from '../architecture.ts';
import { builder, type ModelOptions } from './build.ts';

const PLANS = {
  vgg8: [64, 'A', 128, 128, 'A', 256, 256, 'A', 256, 256, 'A'],
  vgg11: [64, 'A', 128, 'A', 256, 256, 'A', 512, 512, 'A', 512, 512, 'A'],
  vgg13: [64, 64, 'A', 128, 128, 'A', 256, 256, 'A', 512, 512, 'A', 512, 512, 'A'],
  vgg16: [64, 64, 'A', 128, 128, 'A', 256, 256, 256, 'A', 512, 512, 512, 'A', 512, 512, 512, 'A'],
} as const;

/** VGG (Simonyan and Zisserman, 2015) for 32 x 32 images: 3 x 3 convolutions, batch normalisation, average pooling, one linear layer. */
export function vgg(
  name: keyof typeof PLANS,
  input: MapShape,
  classes: number,
  options: ModelOptions,
): Architecture {
  const b = builder(options);
  const layers: Layer[] = [];
  let [height, width, channels] = input;
  const early = options.pooling === 'before' || options.pooling === 'max';
  PLANS[name].forEach((step, i) => {
    if (step === 'A') {
      if (height < 2 || width < 2) return;
      if (!early) layers.push(b.pool(2));
      height = Math.floor(height / 2);
      width = Math.floor(width / 2);
    } else {
      const out = b.wide(step);
      const pools = early && PLANS[name][i + 1] === 'A' && height >= 2 && width >= 2;
      layers.push(
        ...(i === 0 ? [b.conv(channels, out, 3, { padding: 1, bias: false })] : b.inner(channels, out)),
      );
      if (pools) layers.push(b.pool(2));
      layers.push(b.norm(out), b.act(out));
      channels = out;
    }
  });
  layers.push(b.flatten(), b.linear(height * width * channels, classes));
  return { name, input, classes, layers };
}
