/** @file The engine auto chooses once for a data set: neither portions, which follow the clock, nor records see another choice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../../src/convert/convert.ts';
import { type Dataset, take } from '../../../src/data/dataset.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { chooseOnce } from '../../../src/lab/simulate/choose-once.ts';
import { networkInput } from '../../../src/lab/simulate/network-input.ts';
import { recordSpikes } from '../../../src/lab/simulate/record-spikes.ts';
import { simulateDataset } from '../../../src/lab/simulate/simulate-dataset.ts';
import { createModel } from '../../../src/nn/create-model.ts';
import { MODELS } from '../../../src/nn/models/index.ts';
import { exportNetwork } from '../../../src/nn/trained-network.ts';
import { SILENT } from '../../../src/progress.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { simulate } from '../../../src/snn/simulate.ts';
import type { SimulateOptions } from '../../../src/snn/simulation.ts';

const { heap } = createRuntime();
const drawn = drawStrokes({ count: 12, seed: 1, split: 'test' });
/** The first image is nothing but zeros: alone it says that no neuron spikes. */
const dataset: Dataset = {
  ...{ ...drawn, mean: [0], deviation: [0.1] },
  images: drawn.images.map((pixel, i) => (i < 784 ? 0 : pixel)),
};
const lenet = MODELS.lenet(dataset.shape, 10, { activation: 'strelu' });
const model = createModel(heap, lenet, Random.seeded(2));
const converted = convert(exportNetwork(model), { neuron: 'half' }).snn;
const layers = converted.layers.map((layer) => ({
  ...layer,
  theta: layer.theta.map((height) => height / 8),
}));
/** Low thresholds: the other images make most neurons spike. */
const snn = { ...converted, layers };
const options: SimulateOptions = { steps: 8, engine: 'auto' };

test('a data set in portions is what all its images are at once', async () => {
  const alone = chooseOnce(snn, take(dataset, 1), options).products!;
  const both = chooseOnce(snn, dataset, options).products!;
  assert.notDeepEqual(alone, both, 'a first portion of one image would choose otherwise');
  const { result } = await simulateDataset(snn, dataset, options, SILENT, 'test');
  const expected = simulate(snn, networkInput(dataset, 0, dataset.count, snn), options);
  assert.deepEqual({ ...result, record: [] }, { ...expected, record: [] });
});

test('spikes on record are those of the run', () => {
  const { spikes } = recordSpikes(snn, dataset, dataset.count, options);
  const { layers } = simulate(snn, networkInput(dataset, 0, dataset.count, snn), options);
  const sum = layers.reduce((all, layer) => all + layer.spikes.reduce((a, b) => a + b, 0), 0);
  assert.equal(spikes, sum);
});

test('what was chosen is kept; other engines choose nothing', () => {
  const products = new Set([1]);
  assert.equal(chooseOnce(snn, dataset, { ...options, products }).products, products);
  assert.equal('products' in chooseOnce(snn, dataset, { steps: 8 }), false);
  assert.throws(
    () => simulate(snn, networkInput(dataset, 0, 1, snn), { steps: 2, products }),
    /^UsageError: products: layers are chosen for engine auto, found engine events/,
  );
});
