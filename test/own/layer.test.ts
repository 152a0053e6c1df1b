/** @file A layer of one's own: trained, saved, and converted if it says which linear layer it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Architecture,
  conv2d,
  convert,
  createModel,
  createRuntime,
  crossEntropy,
  custom,
  decodeModel,
  disposeModel,
  encodeModel,
  exportNetwork,
  flatten,
  forward,
  InputError,
  linear,
  mapSize,
  type OwnLayer,
  Random,
  type Runtime,
  residual,
  sequential,
  sgd,
  simulate,
  strelu,
  summarise,
  Tape,
  type TrainedNetwork,
} from '../../src/index.ts';

// what a user writes: a linear layer whose outputs have a length of their own
const scaled: OwnLayer = {
  name: 'scaled-linear',
  shape: () => [1, 1, 6],
  parameters: (input) => ({ weight: [mapSize(input), 6], gamma: [6] }),
  forward: (x, { weight, gamma }) => x.matmul(weight!.mul(gamma!)),
  linear: ({ weight, gamma }) => ({
    kind: 'linear',
    weight: weight!.map((w, i) => w * gamma![i % 6]!),
  }),
};

const built = (own: OwnLayer): Architecture =>
  sequential(conv2d(3, 3), strelu(), flatten(), custom(own), strelu(), linear(3))([6, 6, 1], 'net');

const imagesOf = (count: number, seed: number): Float32Array<ArrayBuffer> => {
  const random = Random.seeded(seed);
  return Float32Array.from({ length: count * 36 }, () => random.uniform(-1, 1));
};

/** Trained for some steps; the losses of them. */
function trained(
  runtime: Runtime,
  architecture: Architecture,
): { network: TrainedNetwork; losses: number[] } {
  const model = createModel(runtime.heap, architecture, Random.seeded(3));
  const optimizer = sgd(runtime, [...model.tensors.values()], { learningRate: 0.1, momentum: 0.9 });
  const tape = Tape.on(runtime);
  const labels = Uint8Array.from({ length: 24 }, (_, i) => i % 3);
  const losses: number[] = [];
  for (let step = 0; step < 60; step++) {
    tape.reset();
    const x = tape.tensor([24, 6, 6, 1]);
    x.data.set(imagesOf(24, 4));
    const loss = crossEntropy(forward(tape, model, x, { training: Random.seeded(step) }), labels);
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  const network = exportNetwork(model);
  optimizer.close();
  tape.close();
  disposeModel(runtime.heap, model);
  return { network, losses };
}

test('it is trained, saved and converted; its spiking network has the weights of the product', () => {
  const runtime = createRuntime();
  const architecture = built(scaled);
  const row = summarise(architecture).find(({ name }) => name === 'scaled-linear1')!;
  assert.deepEqual([row.kind, row.output, row.parameters], ['custom', [1, 1, 6], 48 * 6 + 6]);
  const { network, losses } = trained(runtime, architecture);
  assert.ok(losses.at(-1)! < 0.3 * losses[0]!, `from ${losses[0]} to ${losses.at(-1)}`);
  const gamma = network.weights.get('scaled-linear1.gamma')!;
  const weight = network.weights.get('scaled-linear1.weight')!;
  assert.ok(
    gamma.every((value) => value !== 1),
    'gamma is trained',
  );

  const { snn } = convert(network);
  assert.deepEqual(
    snn.layers[1]!.inputs[0]!.weight,
    Float32Array.from(weight, (w, i) => Math.fround(w * gamma[i % 6]!)),
  );
  // as if it had been written with a linear layer from the start
  const plain = sequential(
    conv2d(3, 3),
    strelu(),
    flatten(),
    linear(6, { bias: false }),
    strelu(),
    linear(3),
  );
  const kept = [...network.weights].filter(([name]) => !name.startsWith('scaled'));
  const weights = new Map(kept.map(([name, values]) => [name.replace('linear1', 'linear2'), values]));
  weights.set('linear1.weight', snn.layers[1]!.inputs[0]!.weight);
  const reference = convert({ architecture: plain([6, 6, 1]), weights, provenance: {} });
  const [found, expected] = [snn, reference.snn].map(
    (one) => simulate(one, imagesOf(3, 9), { steps: 8 }).logits,
  );
  assert.deepEqual(found, expected);
  assert.ok(expected!.some((value) => value !== 0));

  const bytes = encodeModel(network);
  assert.deepEqual(decodeModel(bytes, 'mine', { layers: [scaled] }), network);
  assert.throws(
    () => decodeModel(bytes, 'mine'),
    /^InputError: mine: .*layer should be one of the caller's own \(none given\), found "scaled-linear"; pass the layer/,
  );
  runtime.close();
});

test('one that does not say how it converts is refused by name, with the remedy', () => {
  const runtime = createRuntime();
  const { linear: _, ...silent } = scaled;
  const square: OwnLayer = { name: 'square', forward: (x) => x.square() };
  const refuse = (architecture: Architecture, expected: RegExp): void => {
    const model = createModel(runtime.heap, architecture, Random.seeded(1));
    const network = exportNetwork(model);
    disposeModel(runtime.heap, model);
    assert.throws(
      () => convert(network),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, expected);
        return true;
      },
    );
  };
  refuse(
    built(silent),
    /^scaled-linear1: a layer of kind scaled-linear cannot be converted: it does not say how; if it is linear/,
  );
  refuse(
    sequential(
      conv2d(3, 3),
      strelu(),
      residual([custom(square), conv2d(3, 1)]),
      strelu(),
      flatten(),
      linear(3),
    )([6, 6, 1]),
    /^square1: a layer of kind square cannot be converted/,
  );
  const weight = new Float32Array(48 * 6);
  refuse(
    built({ ...scaled, shape: () => [1, 2, 3], linear: () => ({ kind: 'linear', weight }) }),
    /^scaled-linear1: expected 1x2x3 from the linear that scaled-linear converts to, found 1x1x3; correct shape or linear/,
  );
  refuse(
    built({ ...scaled, linear: () => ({ kind: 'linear', weight: weight.subarray(1) }) }),
    /^scaled-linear1\.weight: .*288.*287/,
  );
  runtime.close();
});

test('another shape than it said is refused by name', () => {
  const runtime = createRuntime();
  const wrong = { ...scaled, shape: () => [1, 1, 7] as const };
  assert.throws(
    () => trained(runtime, built(wrong)),
    /^InputError: scaled-linear1: expected layer scaled-linear to give \[24,1,1,7\], found \[24,6\]; correct forward or shape/,
  );
  runtime.close();
});

test('a convolution of one’s own: excitatory, whatever the sign of its parameters', () => {
  const excitatory: OwnLayer = {
    name: 'excitatory',
    parameters: ([, , channels]) => ({ weight: [3, 3, channels, channels], bias: [channels] }),
    forward: (x, { weight, bias }) => x.conv2d(weight!.abs(), { padding: 1, bias: bias! }),
    linear: ({ weight, bias }) => ({
      kind: 'conv2d',
      ...{ kernel: 3, stride: 1, padding: 1 },
      weight: weight!.map(Math.abs),
      bias: bias!,
    }),
  };
  const runtime = createRuntime();
  const net = sequential(conv2d(3, 3), strelu(), custom(excitatory), strelu(), flatten(), linear(3));
  const { network, losses } = trained(runtime, net([6, 6, 1]));
  assert.ok(losses.at(-1)! < 0.5 * losses[0]!, `from ${losses[0]} to ${losses.at(-1)}`);
  const { inputs, shape, bias } = convert(network).snn.layers[1]!;
  assert.deepEqual(shape, [4, 4, 3]);
  const weight = network.weights.get('excitatory1.weight')!;
  assert.ok(weight.some((w) => w < 0));
  assert.deepEqual(inputs[0]!.weight, weight.map(Math.abs));
  assert.deepEqual(bias, network.weights.get('excitatory1.bias'));
  runtime.close();
});
