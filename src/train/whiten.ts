/**
 * @file Whitening filters for the first convolution: the principal directions of small image patches, each scaled to unit
 * variance, in both signs. Natural images are strongly correlated; a network that starts uncorrelated learns in fewer steps.
 */

import { type Dataset, imageAt } from '../data/dataset.ts';
import { normalisation, normalise } from '../data/normalise.ts';
import { InputError } from '../errors.ts';
import { type Conv2dLayer, mapSize } from '../nn/architecture.ts';
import { reachOf } from '../nn/map-window.ts';
import { type Model, tensorOf } from '../nn/model.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** Number of images that the statistics are taken from. */
const IMAGES = 2_000;
/** Added to every variance, so that the faintest directions are not amplified to full size. */
const FLOOR = 1e-2;

/**
 * Overwrites the first convolution's weights: channel 2i is direction i, channel 2i + 1 its negative; channels beyond
 * twice the patch's size keep their random weights. The filters fit images that are normalised as the data set says.
 * @param deviation of what they give
 * @throws InputError when the network does not begin with a convolution
 */
export function whitenFirst(model: Model, dataset: Dataset, deviation = 1): void {
  const layer = model.architecture.layers[0];
  if (layer?.kind !== 'conv2d')
    throw new InputError(`${layer?.name ?? 'network'}: whitening needs a convolution first; leave it out`);
  if (layer.groups > 1)
    throw new InputError(
      `${layer.name}: whitening needs a convolution that sees all channels, found ${layer.groups} groups; leave it out`,
    );
  const size = layer.kernel[0] * layer.kernel[1] * layer.inChannels;
  const { values, vectors } = symmetricEigen(patchCovariance(layer, dataset), size);
  const { data } = tensorOf(model, layer, 'weight');
  for (let c = 0; c < Math.min(layer.outChannels, 2 * size); c++) {
    const direction = c >> 1;
    const scale = (c % 2 === 0 ? deviation : -deviation) / Math.sqrt(values[direction]! + FLOOR);
    for (let k = 0; k < size; k++) data[k * layer.outChannels + c] = scale * vectors[direction * size + k]!;
  }
}

/** The covariance of patches that lie wholly inside their image: [size, size], size = rows * columns * channels. */
function patchCovariance(
  { kernel, dilation, inChannels }: Conv2dLayer,
  dataset: Dataset,
): Float64Array<ArrayBuffer> {
  const [height, width, channels] = dataset.shape;
  const [rows, columns] = kernel;
  const size = rows * columns * inChannels;
  const reach = [reachOf({ window: kernel, dilation }, 0), reachOf({ window: kernel, dilation }, 1)] as const;
  const table = normalisation(dataset);
  const image = new Float32Array(mapSize(dataset.shape));
  const patch = new Float64Array(size);
  const sum = new Float64Array(size);
  const products = new Float64Array(size * size);
  let count = 0;
  for (let i = 0; i < Math.min(IMAGES, dataset.count); i++) {
    normalise(imageAt(dataset, i), channels, table, image, 0);
    for (let y = 0; y + reach[0] <= height; y += reach[0]) {
      for (let x = 0; x + reach[1] <= width; x += reach[1]) {
        for (let k = 0; k < size; k++) {
          const [tap, c] = [Math.floor(k / channels), k % channels];
          const row = y + Math.floor(tap / columns) * dilation[0];
          patch[k] = image[(row * width + x + (tap % columns) * dilation[1]) * channels + c]!;
        }
        for (let a = 0; a < size; a++) {
          sum[a]! += patch[a]!;
          for (let b = 0; b < size; b++) products[a * size + b]! += patch[a]! * patch[b]!;
        }
        count++;
      }
    }
  }
  return products.map(
    (value, i) => value / count - (sum[Math.floor(i / size)]! * sum[i % size]!) / count ** 2,
  );
}
