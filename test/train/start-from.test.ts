/** @file Starting from a trained network: the same function, also across the shift of law L20. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { referenceKernels } from '../../src/kernels/reference.ts';
import { Arena } from '../../src/memory/arena.ts';
import { Heap } from '../../src/memory/heap.ts';
import type { ActivationName, Architecture, Layer } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { forward } from '../../src/nn/forward.ts';
import type { Model } from '../../src/nn/model.ts';
import { type Builder, builder } from '../../src/nn/models/build.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { startFrom } from '../../src/train/start-from.ts';

const heap = new Heap({ initialBytes: 2 ** 22 });

/** @param early a pool before the batch norm too */
function network(activation: ActivationName, levels: number, channels = 4, early = false): Architecture {
  const b = builder({ activation, levels });
  const layers = [
    b.conv(1, channels, 3),
    b.act(channels),
    b.pool(2),
    b.conv(channels, 5, 2, { bias: false }),
    ...(early ? [b.pool(2)] : []),
    b.norm(5),
    b.act(5),
    b.flatten(),
    b.linear(5, 3),
  ];
  return { name: 'shifted', input: early ? [8, 8, 1] : [6, 6, 1], classes: 3, layers };
}

/** Random everywhere, biases and statistics too. */
function randomModel(architecture: Architecture, seed: number): Model {
  const random = Random.seeded(seed);
  const model = createModel(heap, architecture, random);
  for (const { name, role } of model.specs) {
    const { data } = model.tensors.get(name)!;
    for (let i = 0; i < data.length; i++) {
      if (role === 'variance' || role === 'theta') data[i] = 0.5 + random.uniform();
      else if (role !== 'weight') data[i] = random.normal() / 2;
    }
  }
  return model;
}

function logits(model: Model, seed: number): Float32Array {
  const tape = new Tape(referenceKernels, new Arena(heap), { recording: false });
  const x = tape.tensor([8, ...model.architecture.input]);
  const random = Random.seeded(seed);
  for (let i = 0; i < x.size; i++) x.data[i] = random.normal();
  const answer = Float32Array.from(forward(tape, model, x).data);
  tape.close();
  return answer;
}

test('strelu, trelu and qcfs start as one function where nothing is padded', () => {
  // The grid of L levels on both sides of 0 is the grid of 2L levels above it.
  const pairs = [
    ['strelu', 0, 'trelu', 0],
    ['trelu', 0, 'strelu', 0],
    ['strelu', 2, 'trelu', 4],
    ['strelu', 4, 'strelu', 4],
  ] as const;
  fc.assert(
    fc.property(fc.constantFrom(...pairs), fc.integer({ min: 1, max: 10_000 }), ([from, l, to, m], seed) => {
      const early = seed % 2 === 0;
      const source = randomModel(network(from, l, 4, early), seed);
      const target = createModel(heap, network(to, m, 4, early), Random.seeded(seed + 1));
      startFrom(target, exportNetwork(source, {}));
      const [a, b] = [logits(source, seed), logits(target, seed)];
      const differ = a.filter((value, i) => Math.abs(value - b[i]!) > 1e-4 * Math.max(1, Math.abs(value)));
      // Without a grid all 24 agree; on it a value next to a tie may round the other way.
      assert.ok(differ.length <= (l === 0 ? 0 : 3), `${differ.length} logits differ`);
    }),
    { numRuns: 40 },
  );
});

test('what does not translate is refused by name, and the model keeps its weights', () => {
  const source = exportNetwork(randomModel(network('relu', 0), 1), {});
  const target = randomModel(network('relu', 0, 3), 2);
  const before = Float32Array.from(target.tensors.get('conv1.weight')!.data);
  assert.throws(() => startFrom(target, source), /^InputError: conv1.weight: expected 3x3x1x3 values/);
  const { layers } = source.architecture;
  const fewer = {
    ...source,
    architecture: { ...source.architecture, layers: layers.filter((_, i) => i !== 1) },
  };
  assert.throws(
    () => startFrom(target, fewer),
    (error: Error) => error.message.startsWith(`${layers[1]!.name}: expected ${layers[1]!.kind} there`),
  );
  const leaky = exportNetwork(randomModel(network('tleaky-relu', 0), 1), {});
  const symmetric = randomModel(network('strelu', 0), 3);
  assert.throws(
    () => startFrom(symmetric, leaky),
    /^InputError: act1: cannot start strelu from tleaky-relu: only strelu, trelu and qcfs/,
  );
  assert.deepEqual(Float32Array.from(target.tensors.get('conv1.weight')!.data), before);
});

test('a constant that no layer can take in or out again, and a change within a residual block, are refused', () => {
  const architecture = (activation: ActivationName, layers: (b: Builder) => Layer[]): Architecture => {
    const b = builder({ activation });
    return { name: 'odd', input: [6, 6, 1], classes: 1, layers: layers(b) };
  };
  const cases: readonly (readonly [RegExp, (b: Builder) => Layer[]])[] = [
    [/with a bias, before it/, (b) => [b.conv(1, 2, 3, { bias: false }), b.act(2), b.linear(2, 1)]],
    [/with a bias or a batch norm after it/, (b) => [b.conv(1, 2, 3), b.act(2), b.linear(2, 1, false)]],
    [/with a bias or a batch norm after it/, (b) => [b.conv(1, 2, 3), b.act(2), b.residual([b.norm(2)], [])]],
    [/inside another layer/, (b) => [b.residual([b.conv(1, 1, 3), b.act(1)], [])]],
  ];
  for (const [reason, layers] of cases) {
    const source = exportNetwork(randomModel(architecture('strelu', layers), 1));
    const target = randomModel(architecture('trelu', layers), 2);
    const before = exportNetwork(target).weights;
    assert.throws(() => startFrom(target, source), reason);
    assert.deepEqual(exportNetwork(target).weights, before);
  }
});
