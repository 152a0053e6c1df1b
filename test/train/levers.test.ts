/** @file Each lever of training against its definition by plain loops. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createBatches } from '../../src/data/batches.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { batchNorm, conv2d, flatten, linear, strelu } from '../../src/nn/layers.ts';
import type { Model } from '../../src/nn/model.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { createLookahead } from '../../src/train/lookahead.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../src/train/options.ts';
import { groupParameters } from '../../src/train/parameter-groups.ts';
import { recomputeNorms } from '../../src/train/recompute-norms.ts';
import { train } from '../../src/train/train.ts';
import { bars, referenceRuntime, SMALL_OPTIONS, smallNetwork } from './small.ts';

const runtime = referenceRuntime();
const { heap } = runtime;

/** A first layer with a bias, a batch norm, a head. */
const network = sequential(
  conv2d(3, 2),
  strelu(),
  conv2d(4, 2, { bias: false }),
  batchNorm(),
  strelu(),
  flatten(),
  linear(3),
);

const NAMES = [
  'conv1.weight',
  'conv1.bias',
  'conv2.weight',
  'norm1.gamma',
  'norm1.beta',
  'linear1.weight',
  'linear1.bias',
];

/** A model of random parameters whose gradients are random too: those of a sum of products. */
function drawn(seed: number): { model: Model; gradients: ReadonlyMap<string, readonly number[]> } {
  const model = createModel(heap, network([6, 6, 1]), Random.seeded(seed));
  const random = Random.seeded(seed).fork('gradients');
  const tape = Tape.on(runtime);
  const gradients = new Map<string, readonly number[]>();
  const terms = NAMES.map((name) => {
    const tensor = model.tensors.get(name)!;
    for (let i = 0; i < tensor.size; i++) tensor.data[i]! += 0.1 * random.normal();
    const gradient = Array.from(tensor.data, () => random.normal());
    gradients.set(name, gradient);
    return tape
      .use(tensor)
      .mul(tape.array(gradient).reshape(...tensor.shape))
      .sum();
  });
  terms.reduce((sum, term) => sum.add(term)).backward();
  return { model, gradients };
}

const PLAIN: TrainOptions = { ...TRAIN_DEFAULTS, momentum: 0, nesterov: false, weightDecay: 0.01 };

/** Values before and after `steps` updates with the same gradients. */
function updated(seed: number, options: TrainOptions, steps: number, perEpoch: number) {
  const { model, gradients } = drawn(seed);
  const before = new Map(NAMES.map((name) => [name, Array.from(model.tensors.get(name)!.data)]));
  const groups = groupParameters(runtime, model, options, perEpoch);
  for (let step = 0; step < steps; step++) groups.update(0.1, step);
  groups.close();
  return { model, before, gradients };
}

test('rates and decay apart: p loses rate * (gradient + decay * p), with the rate and decay of its kind', () => {
  const choices = fc.record({
    seed: fc.nat(1000),
    normRate: fc.constantFrom(0, 0.5, 3),
    normDecay: fc.constantFrom(0, 0.2),
    headRate: fc.constantFrom(0.25, 1, 2),
    headDecay: fc.constantFrom(null, 0, 0.3),
    fixedScale: fc.boolean(),
    frozenFirst: fc.boolean(),
  });
  fc.assert(
    fc.property(choices, ({ seed, ...chosen }) => {
      const { normRate, normDecay, headRate, headDecay, fixedScale, frozenFirst } = chosen;
      const { model, before, gradients } = updated(seed, { ...PLAIN, ...chosen }, 1, 1);
      const kinds: Record<string, readonly [rate: number, decay: number]> = {
        'conv1.weight': [frozenFirst ? 0 : 1, 0.01],
        'conv1.bias': [normRate, normDecay],
        'conv2.weight': [1, 0.01],
        'norm1.gamma': [fixedScale ? 0 : normRate, 0],
        'norm1.beta': [normRate, normDecay],
        'linear1.weight': [headRate, headDecay ?? 0.01],
        'linear1.bias': [normRate, normDecay],
      };
      for (const name of NAMES) {
        const { data } = model.tensors.get(name)!;
        const gradient = gradients.get(name)!;
        const [rate, decay] = kinds[name]!;
        before.get(name)!.forEach((p, i) => {
          const expected = p - 0.1 * rate * (gradient[i]! + decay * p);
          assert.ok(Math.abs(data[i]! - expected) < 1e-6, `${name}[${i}]: ${data[i]} is not ${expected}`);
        });
      }
    }),
    { numRuns: 60 },
  );
});

test("the first layer's bias is trained for its epochs, and everything else on", () => {
  const at = (steps: number) => updated(1, { ...PLAIN, firstBiasEpochs: 2 }, steps, 3).model.tensors;
  const [five, six, seven] = [at(5), at(6), at(7)].map((tensors) => [
    Array.from(tensors.get('conv1.bias')!.data),
    Array.from(tensors.get('linear1.bias')!.data),
  ]);
  assert.notDeepEqual(five![0], six![0]);
  assert.deepEqual(six![0], seven![0]);
  assert.notDeepEqual(six![1], seven![1]);
});

test('muon of convolutions leaves linear layers to sgd', () => {
  const options: TrainOptions = { ...PLAIN, optimizer: 'muon', weightDecay: 0 };
  const head = (muonOf: TrainOptions['muonOf']): number => {
    const { model, before, gradients } = updated(2, { ...options, muonOf }, 1, 1);
    const { data } = model.tensors.get('linear1.weight')!;
    const gradient = gradients.get('linear1.weight')!;
    const from = before.get('linear1.weight')!;
    return Math.max(...from.map((p, i) => Math.abs(data[i]! - (p - 0.1 * gradient[i]!))));
  };
  assert.ok(head('convolutions') < 1e-6);
  assert.ok(head('weights') > 1e-2);
});

test('lookahead: after every k steps the weights keep their share of the way, and go on from there', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.double({ min: 0.1, max: 1, noNaN: true }), (k, share) => {
      const { model } = drawn(3);
      const { data } = model.tensors.get('conv2.weight')!;
      const options = { ...TRAIN_DEFAULTS, lookahead: k, lookaheadShare: share };
      const lookahead = createLookahead(heap, model, options);
      let fast = Array.from(data);
      let slow = [...fast];
      for (let step = 0; step < 9; step++) {
        fast = fast.map((value) => value + 0.1 * (step + 1));
        for (let i = 0; i < data.length; i++) data[i]! += 0.1 * (step + 1);
        lookahead.update(step);
        if (step % k === k - 1) {
          slow = slow.map((value, i) => (1 - share) * value + share * fast[i]!);
          fast = [...slow];
        }
      }
      fast.forEach((value, i) => {
        assert.ok(Math.abs(data[i]! - value) < 1e-4);
      });
      lookahead.close();
    }),
    { numRuns: 20 },
  );
});

test('recomputed statistics are the means over the batches of what reaches the batch norm', () => {
  const data = bars(40, 5);
  const model = createModel(heap, sequential(batchNorm(), flatten(), linear(3))([6, 6, 1]), Random.seeded(1));
  const weights = Array.from(model.tensors.get('linear1.weight')!.data);
  recomputeNorms(runtime, model, data, { seed: 7, batchSize: 16, continuous: false });
  const batches = createBatches(data, { batchSize: 16, seed: 7, dropLast: true });
  const pixels = new Float32Array(16 * 36);
  let [mean, variance] = [0, 0];
  for (let position = 0; position < 2; position++) {
    batches.fill(0, position, pixels, new Uint8Array(16));
    const own = pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
    mean += own / 2;
    variance += pixels.reduce((sum, value) => sum + (value - own) ** 2, 0) / (pixels.length - 1) / 2;
  }
  assert.ok(Math.abs(model.tensors.get('norm1.mean')!.data[0]! - mean) < 1e-5);
  assert.ok(Math.abs(model.tensors.get('norm1.variance')!.data[0]! - variance) < 1e-4);
  assert.deepEqual(Array.from(model.tensors.get('linear1.weight')!.data), weights);
});

test('with every lever on, a run that is resumed has the bits of one that was never stopped', () => {
  const data = { train: bars(48, 1), test: bars(12, 2) };
  const options: TrainOptions = {
    ...{ ...SMALL_OPTIONS, optimizer: 'muon', muonOf: 'convolutions', weightNorm: true, muonIterations: 3 },
    ...{ fall: 'linear', normRate: 2, fixedScale: true, headRate: 0.5, frozenFirst: true },
    ...{ lookahead: 3, recomputeNorms: true, augment: { translate: 1, alternateFlip: true } },
  };
  const run = (stop: number | null) => {
    const model = createModel(heap, smallNetwork(2), Random.seeded(4));
    let resume: Parameters<typeof train>[4];
    for (const event of train(runtime, model, data, options))
      if (event.step === stop) {
        resume = event.checkpoint();
        break;
      }
    if (stop === null) return model;
    const again = createModel(heap, smallNetwork(2), Random.seeded(5));
    for (const _ of train(runtime, again, data, options, resume));
    return again;
  };
  const [whole, resumed] = [run(null), run(4)];
  for (const [name, { data: values }] of whole.tensors)
    assert.deepEqual(Array.from(resumed.tensors.get(name)!.data), Array.from(values), name);
});
