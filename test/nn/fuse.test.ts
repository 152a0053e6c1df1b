import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { forward } from '../../src/nn/forward.ts';
import { fuseLayers } from '../../src/nn/fuse.ts';
import { builder } from '../../src/nn/models/build.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';

const b = builder({ activation: 'strelu' });
const layers = [
  b.conv(1, 2, 3),
  b.act(2),
  b.conv(2, 2, 1),
  b.norm(2),
  b.act(2),
  b.norm(2),
  b.pool(2),
  b.conv(2, 2, 1),
  b.flatten(),
  b.linear(8, 3),
  b.act(3),
];
const told = (recording: boolean): string[] =>
  fuseLayers(layers, recording).map(({ layer, fused }) =>
    fused ? `${layer.name}+${fused.name}` : layer.name,
  );

test('an activation goes with the batch norm before it, in inference also with the convolution before it', () => {
  const rest = ['norm2', 'pool1', 'conv3', 'flatten1', 'linear1', 'act3'];
  assert.deepEqual(told(true), ['conv1', 'act1', 'conv2', 'norm1+act2', ...rest]);
  assert.deepEqual(told(false), ['conv1+act1', 'conv2', 'norm1+act2', ...rest]);
});

test('fused or not, the answer is the same, and each output is seen once, under the last of its layers', () => {
  const heap = new Heap({ initialBytes: 2 ** 20 });
  const architecture = { name: 'fused', input: [6, 6, 1] as const, classes: 3, layers };
  const model = createModel(heap, architecture, Random.seeded(1));
  const run = (recording: boolean): { logits: number[]; seen: string[] } => {
    const tape = new Tape(referenceKernels, new Arena(heap), { recording, precision: 'float64' });
    const x = tape.tensor([2, 6, 6, 1]);
    const random = Random.seeded(2);
    for (let i = 0; i < x.size; i++) x.data[i] = random.normal();
    const seen: string[] = [];
    const logits = [...forward(tape, model, x, { onOutput: ({ name }) => seen.push(name) }).data];
    tape.close();
    return { logits, seen };
  };
  const [training, inference] = [run(true), run(false)];
  assert.deepEqual(inference.logits, training.logits);
  assert.ok(new Set(training.logits).size > 1);
  assert.deepEqual(
    training.seen,
    layers.map(({ name }) => name).filter((name) => name !== 'norm1'),
  );
  assert.deepEqual(
    inference.seen,
    training.seen.filter((name) => name !== 'conv1'),
  );
});
