/** @file An activation of one's own: a function of tensors in a network that is trained, saved, loaded, converted and simulated. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type Architecture,
  activation,
  avgPool,
  CONSERVATION,
  conv2d,
  convert,
  counterpartsOf,
  createModel,
  createRuntime,
  crossEntropy,
  decodeModel,
  disposeModel,
  encodeModel,
  exportNetwork,
  flatten,
  foldModel,
  forward,
  InputError,
  type LayerSpec,
  linear,
  loadWeights,
  type Neuron,
  type OwnActivation,
  Random,
  type Runtime,
  relu,
  residual,
  sequential,
  sgd,
  simulate,
  strelu,
  summarise,
  Tape,
  type TrainedNetwork,
  trelu,
  UsageError,
} from '../../src/index.ts';

// what a user writes: a clip without corners
const softClip: OwnActivation = {
  name: 'soft-clip',
  forward: (x, theta) => x.div(theta).tanh().mul(theta),
  neuron: 'half',
};

/** The same function as strelu's own activation. */
const hardClip: OwnActivation = {
  name: 'hard-clip',
  forward: (x, theta) => x.clip(theta.neg(), theta),
  neuron: 'half',
};

const built = (layer: LayerSpec, ...more: readonly LayerSpec[]): Architecture =>
  sequential(conv2d(4, 3), layer, avgPool(2), ...more, flatten(), linear(3))([8, 8, 1], 'net');

/** Weights from a seed; thetas of 1/2, 3/4, ... so that none is the start. */
function networkOf(runtime: Runtime, architecture: Architecture, seed = 1): TrainedNetwork {
  const model = createModel(runtime.heap, architecture, Random.seeded(seed));
  const network = exportNetwork(model);
  disposeModel(runtime.heap, model);
  let k = 2;
  for (const [name, values] of network.weights) if (name.endsWith('.theta')) values.fill(k++ / 4);
  return network;
}

const imagesOf = (count: number, seed: number): Float32Array<ArrayBuffer> => {
  const random = Random.seeded(seed);
  return Float32Array.from({ length: count * 64 }, () => random.uniform(-1, 1));
};

/** Logits in inference, and the gradients of every parameter in training. */
function run(
  runtime: Runtime,
  network: TrainedNetwork,
  images: Float32Array,
  folds = false,
): Map<string, number[]> {
  const made = loadWeights(runtime.heap, network);
  const model = folds ? foldModel(runtime.heap, made) : made;
  const tape = Tape.on(runtime);
  const found = new Map<string, number[]>();
  const x = (): ReturnType<Tape['tensor']> => {
    const tensor = tape.tensor([images.length / 64, 8, 8, 1]);
    tensor.data.set(images);
    return tensor;
  };
  found.set('logits', [...tape.noGrad(() => forward(tape, model, x())).data]);
  const labels = Uint8Array.from({ length: images.length / 64 }, (_, i) => i % 3);
  crossEntropy(forward(tape, model, x(), { training: Random.seeded(1) }), labels).backward();
  for (const [name, { gradient }] of model.tensors) found.set(name, [...(gradient ?? [])]);
  tape.close();
  if (folds) disposeModel(runtime.heap, model);
  disposeModel(runtime.heap, made);
  return found;
}

test('written as a function of tensors, strelu has the logits and gradients of the built-in one', () => {
  const runtime = createRuntime();
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), fc.boolean(), (seed, perChannel, folds) => {
      const thetaPer = perChannel ? 'channel' : 'layer';
      const inside = (layer: LayerSpec): LayerSpec => residual([conv2d(4, 1), layer]);
      const [own, reference] = [
        built(activation(hardClip, { thetaPer }), inside(activation(hardClip))),
        built(strelu({ thetaPer }), inside(strelu())),
      ].map((architecture) => run(runtime, networkOf(runtime, architecture, seed), imagesOf(5, seed), folds));
      assert.deepEqual([...own!.keys()], [...reference!.keys()]);
      for (const [name, values] of reference!) {
        assert.ok(name.endsWith('theta') || values.some((value) => value !== 0), name);
        values.forEach((value, i) => {
          const found = own!.get(name)![i]!;
          assert.ok(
            Math.abs(found - value) <= 1e-5 * (1 + Math.abs(value)),
            `${name}[${i}]: ${found}, ${value}`,
          );
        });
      }
    }),
    { numRuns: 20 },
  );
  runtime.close();
});

test('a network with it is trained, its theta too', () => {
  const runtime = createRuntime();
  const architecture = built(activation({ ...softClip, thetaStart: 0.5 }));
  assert.equal(summarise(architecture)[1]!.parameters, 1);
  const model = createModel(runtime.heap, architecture, Random.seeded(3));
  const theta = model.tensors.get('act1.theta')!;
  assert.deepEqual([...theta.data], [0.5]);
  const optimizer = sgd(runtime, [...model.tensors.values()], { learningRate: 0.1, momentum: 0.9 });
  const tape = Tape.on(runtime);
  const images = imagesOf(24, 4);
  const labels = Uint8Array.from({ length: 24 }, (_, i) => i % 3);
  const losses: number[] = [];
  for (let step = 0; step < 60; step++) {
    tape.reset();
    const x = tape.tensor([24, 8, 8, 1]);
    x.data.set(images);
    const loss = crossEntropy(forward(tape, model, x, { training: Random.seeded(step) }), labels);
    loss.backward();
    optimizer.step();
    losses.push(loss.item());
  }
  assert.ok(losses.at(-1)! < 0.3 * losses[0]!, `from ${losses[0]} to ${losses.at(-1)}`);
  assert.notEqual(theta.data[0], 0.5);
  optimizer.close();
  tape.close();
  disposeModel(runtime.heap, model);
  runtime.close();
});

test('it is converted to the neuron that it names, as strelu is: the same thresholds, weights and spikes', () => {
  const runtime = createRuntime();
  const own = convert(networkOf(runtime, built(activation(hardClip))));
  const reference = convert(networkOf(runtime, built(strelu())), { neuron: 'half' });
  assert.deepEqual(own.snn.layers, reference.snn.layers);
  assert.equal(own.snn.neuron.name, 'half');
  assert.deepEqual([own.report.method, own.report.neuron], ['own', 'half']);
  const images = imagesOf(2, 5);
  const [found, expected] = [own.snn, reference.snn].map((snn) => simulate(snn, images, { steps: 8 }).logits);
  assert.deepEqual(found, expected);
  assert.ok(expected!.some((value) => value !== 0));
  runtime.close();
});

test('a neuron of one’s own for an activation of one’s own', () => {
  const mine: Neuron = {
    name: 'three-quarters',
    says: 'fires at +-3/4 theta',
    rule: { phiUp: 0.75, phiDown: 0.75 },
    start: 0,
    range: { lowest: -1, highest: 1 },
    ideal: (q) => Math.sign(q) * Math.floor(Math.abs(q) + 0.25),
    laws: { conservation: CONSERVATION, overload: true },
  };
  const runtime = createRuntime();
  const { neuron: _, ...silent } = softClip;
  const network = networkOf(runtime, built(activation(silent)));
  assert.equal(convert(network, { neuron: mine }).snn.neuron, mine);
  assert.equal(convert(network, { neuron: 'full' }).snn.neuron.name, 'full');
  runtime.close();
});

test('what does not say how it converts is refused by name, with the remedy', () => {
  const runtime = createRuntime();
  const refused = (
    layer: LayerSpec,
    expected: RegExp,
    more: readonly LayerSpec[] = [],
    method?: string,
  ): void =>
    assert.throws(
      () => convert(networkOf(runtime, built(layer, ...more)), method === undefined ? {} : { method }),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, expected);
        assert.equal(error.code, 'method-unfit');
        return true;
      },
    );
  const { neuron: _, ...silent } = softClip;
  refused(
    activation(silent),
    /^act1: activation soft-clip does not say how it converts; give it a neuron \(one of full, half/,
  );
  refused(
    activation(softClip),
    /^act1: method strelu converts strelu, found soft-clip; name no method and give the activation a neuron/,
    [],
    'strelu',
  );
  const other = activation({ ...softClip, name: 'other', neuron: 'full' });
  refused(
    activation(softClip),
    /^net: expected one neuron for the whole network, found half, full; hand one to convert/,
    [conv2d(4, 1), other],
  );
  // beside those of strelu: only where they share the neuron
  refused(activation(softClip), /^act2: method own converts soft-clip, strelu, found relu/, [
    conv2d(4, 1),
    relu(),
  ]);
  refused(activation(softClip), /^act2: method own converts soft-clip, strelu, found trelu/, [
    conv2d(4, 1),
    trelu(),
  ]);
  const mixed = networkOf(runtime, built(activation(softClip), conv2d(4, 1), strelu()));
  assert.equal(convert(mixed).snn.layers.length, 3);
  const unknown = networkOf(runtime, built(activation({ ...softClip, neuron: 'haf' })));
  assert.throws(() => convert(unknown), /unknown name "haf"; did you mean half\?/);
  runtime.close();
});

test('a file keeps its name; whoever has it reads it, nobody else does', () => {
  const runtime = createRuntime();
  const network = networkOf(
    runtime,
    built(activation(softClip), residual([conv2d(4, 1), activation(hardClip)])),
  );
  const bytes = encodeModel(network);
  assert.deepEqual(decodeModel(bytes, 'mine', { activations: [softClip, hardClip] }), network);
  assert.throws(
    () => decodeModel(bytes, 'mine', { activations: [softClip] }),
    /^InputError: mine: .*activation should be one of soft-clip, strelu, .*, found "hard-clip"; pass the activation/,
  );
  assert.throws(() => decodeModel(bytes, 'mine'), /found "soft-clip"; pass the activation/);
  runtime.close();
});

test('a name of strelu’s, another shape, and what needs a clip are refused', () => {
  assert.throws(() => activation({ ...softClip, name: 'relu' }), UsageError);
  const runtime = createRuntime();
  const network = networkOf(runtime, built(activation({ ...softClip, forward: (x) => x.sum(-1) })));
  assert.throws(
    () => run(runtime, network, imagesOf(2, 1)),
    /^InputError: act1: expected activation soft-clip to give \[2,6,6,4\], found \[2,6,6\]; it must keep the shape/,
  );
  const soft = networkOf(runtime, built(activation(softClip)));
  assert.throws(
    () => counterpartsOf(convert(soft).snn, soft.architecture),
    /^InputError: act1: .*found soft-clip/,
  );
  runtime.close();
});
