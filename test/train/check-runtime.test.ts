/** @file A model runs on the runtime that it was made on, as long as that is open and it has not been freed: whatever the number of threads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { normalised } from '../../src/data/normalise.ts';
import { drawStrokes } from '../../src/data/strokes.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { disposeModel, type Model } from '../../src/nn/model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime, type Runtime } from '../../src/runtime.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { fit } from '../../src/train/fit.ts';
import { TRAIN_DEFAULTS } from '../../src/train/options.ts';

const images = drawStrokes({ count: 20, seed: 1, split: 'train' });
const data = { train: images, test: images };
const OPTIONS = { ...TRAIN_DEFAULTS, epochs: 1, batchSize: 10 };
const architecture = MODELS.lenet(images.shape, 10, { activation: 'strelu', width: 0.34 });
const fresh = ({ heap }: Runtime): Model => createModel(heap, architecture, Random.seeded(1));

for (const workers of [1, 2])
  for (const kernels of ['simd', 'reference'] as const) {
    const where = `${kernels} kernels, workers: ${workers}`;

    test(`a closed runtime is named by training, evaluation and simulation (${where})`, async () => {
      const runtime = createRuntime({ workers, kernels });
      const model = fresh(runtime);
      const { snn } = convert(exportNetwork(model), { neuron: 'half' });
      runtime.close();
      const closed = /^UsageError: runtime: it has been closed; .* make another$/;
      await assert.rejects(async () => await fit(runtime, model, data, OPTIONS), closed);
      assert.throws(() => evaluate(runtime, model, images), closed);
      assert.throws(() => simulate(snn, normalised(images), { steps: 2, runtime }), closed);
    });

    test(`a model of another runtime, or a freed one, is refused before anything is computed (${where})`, async () => {
      using runtime = createRuntime({ workers, kernels });
      using other = createRuntime({ workers, kernels });
      const model = fresh(runtime);
      const foreign =
        /^UsageError: lenet: expected a model in the memory of this runtime, found one of another; /;
      await assert.rejects(async () => await fit(other, model, data, OPTIONS), foreign);
      assert.throws(() => evaluate(other, model, images), foreign);
      disposeModel(runtime.heap, model);
      const freed = /^UsageError: lenet: .* found one that disposeModel has freed; /;
      await assert.rejects(async () => await fit(runtime, model, data, OPTIONS), freed);
      assert.throws(() => evaluate(runtime, model, images), freed);
    });
  }
