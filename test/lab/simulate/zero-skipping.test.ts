/** @file What an ANN skips is measured on the first images, over all steps, whatever stops a run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../../src/convert/convert.ts';
import { take } from '../../../src/data/dataset.ts';
import { drawStrokes } from '../../../src/data/strokes.ts';
import { againstSkipping, SKIPPING_IMAGES } from '../../../src/lab/simulate/zero-skipping.ts';
import { createModel } from '../../../src/nn/create-model.ts';
import { MODELS } from '../../../src/nn/models/index.ts';
import { exportNetwork } from '../../../src/nn/trained-network.ts';
import { Random } from '../../../src/random/random.ts';
import { createRuntime } from '../../../src/runtime.ts';

const { heap } = createRuntime();
const drawn = drawStrokes({ count: SKIPPING_IMAGES + 5, seed: 1, split: 'test' });
const lenet = MODELS.lenet(drawn.shape, 10, { activation: 'strelu', width: 0.25 });
const model = createModel(heap, lenet, Random.seeded(2));
const { snn } = convert(exportNetwork(model), { neuron: 'half' });

test('an early stop says nothing of it; what comes after the first images neither', () => {
  const whole = againstSkipping(snn, drawn, { steps: 4 });
  assert.equal(whole.images, SKIPPING_IMAGES);
  assert.ok(whole.macShare > 0 && whole.macShare < 1);
  const stop = { rule: 'margin', margin: 0 } as const;
  assert.deepEqual(againstSkipping(snn, drawn, { steps: 4, stop }), whole);
  assert.deepEqual(againstSkipping(snn, take(drawn, SKIPPING_IMAGES), { steps: 4 }), whole);
  assert.notEqual(againstSkipping(snn, drawn, { steps: 1 }).macShare, whole.macShare);
});
