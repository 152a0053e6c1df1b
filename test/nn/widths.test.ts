/** @file The channels of every architecture, as its source has them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Layer } from '../../src/nn/architecture.ts';
import { innerLayers } from '../../src/nn/inner-layers.ts';
import { MODELS, type ModelName } from '../../src/nn/models/index.ts';

/** Outputs of the weight layers in order, at 32 x 32 x 3. VGG: Simonyan and Zisserman (2015), table 1, A, B and D without their dense layers. */
const WIDTHS: Readonly<Record<Exclude<ModelName, 'resnet'>, readonly number[]>> = {
  lenet: [6, 16, 120, 84, 10],
  cnn: [32, 64, 512, 10],
  vgg8: [64, 128, 128, 256, 256, 256, 256, 10],
  vgg11: [64, 128, 256, 256, 512, 512, 512, 512, 10],
  vgg13: [64, 64, 128, 128, 256, 256, 512, 512, 512, 512, 10],
  vgg16: [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512, 10],
  'cifar-fast': [24, 64, 64, 256, 256, 256, 256, 10],
  'cifar-residual': [24, 128, 128, 128, 256, 256, 256, 384, 384, 384, 10],
};

function outputs(layers: readonly Layer[]): number[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'conv2d') return [layer.outChannels];
    if (layer.kind === 'linear') return [layer.outputs];
    return innerLayers(layer).flatMap(([, inner]) => outputs(inner));
  });
}

test('channels and outputs of each model', () => {
  for (const [name, widths] of Object.entries(WIDTHS)) {
    const { layers } = MODELS[name as ModelName]([32, 32, 3], 10, { activation: 'strelu' });
    assert.deepEqual(outputs(layers), widths, name);
  }
});
