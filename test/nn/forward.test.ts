import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import type { Architecture, Layer } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { forward } from '../../src/nn/forward.ts';
import { MODELS, type ModelName } from '../../src/nn/models/index.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { exportNetwork, loadWeights } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';

function logitsOf(architecture: Architecture, seed: number): number[] {
  const heap = new Heap();
  const model = createModel(heap, architecture, Random.seeded(seed));
  const tape = new Tape(referenceKernels, new Arena(heap), { recording: false });
  const x = tape.tensor([1, ...architecture.input]);
  const random = Random.seeded(seed);
  for (let i = 0; i < x.size; i++) x.data[i] = random.normal();
  const before = [...forward(tape, model, x).data];
  const copy = loadWeights(heap, exportNetwork(model, {}));
  assert.deepEqual([...forward(tape, copy, x).data], before, 'a model survives its plain data');
  return before;
}

for (const name of Object.keys(MODELS) as ModelName[]) {
  test(`${name} gives one finite logit per class, for 28x28x1 and 32x32x3`, () => {
    for (const input of [
      [28, 28, 1],
      [32, 32, 3],
    ] as const) {
      const logits = logitsOf(MODELS[name](input, 10, { activation: 'strelu', width: 0.1 }), 1);
      assert.equal(logits.length, 10);
      assert.ok(logits.every(Number.isFinite));
      assert.ok(new Set(logits).size > 1);
    }
  });
}

test('VGG-16 has the published number of weights in its convolutions: 14,710,464', () => {
  const specs = parameterSpecs(MODELS.vgg16([32, 32, 3], 10, { activation: 'relu' }).layers);
  const sizes = specs
    .filter((s) => s.role === 'weight' && s.shape.length === 4)
    .map((s) => s.shape.reduce((a, b) => a * b));
  assert.equal(sizes.length, 13);
  assert.equal(
    sizes.reduce((a, b) => a + b),
    14_710_464,
  );
});

test('names of layers are unique, also inside residual blocks', () => {
  const names = (layers: readonly Layer[]): string[] =>
    layers.flatMap((l) => [l.name, ...(l.kind === 'residual' ? names([...l.body, ...l.shortcut]) : [])]);
  const all = names(MODELS.resnet([32, 32, 3], 10, { activation: 'strelu' }).layers);
  assert.equal(new Set(all).size, all.length);
});
