/** @file A last layer that reads what neurons send above their rest: its bias, its gradient, and the training that comes of it (L20). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Dataset } from '../../src/data/dataset.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { conv2d, flatten, type LayerSpec, linear, relu, strelu } from '../../src/nn/layers.ts';
import type { Model } from '../../src/nn/model.ts';
import { cifarFast } from '../../src/nn/models/cifar-fast.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { Random } from '../../src/random/random.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { evaluate } from '../../src/train/evaluate.ts';
import { TRAIN_DEFAULTS, type TrainOptions } from '../../src/train/options.ts';
import { restHead } from '../../src/train/rest-head.ts';
import { train } from '../../src/train/train.ts';
import { bars, referenceRuntime } from './small.ts';

const runtime = referenceRuntime();
const { heap } = runtime;

const values = (model: Model, name: string) => model.tensors.get(name)!.data;

test('the bias is theta times the sums of the weights, and the gradient that of (a + theta) W', () => {
  const cases = fc.record({
    seed: fc.nat(1000),
    inputs: fc.integer({ min: 1, max: 9 }),
    outputs: fc.integer({ min: 1, max: 5 }),
    theta: fc.constantFrom(0.25, 1, 3),
  });
  fc.assert(
    fc.property(cases, ({ seed, inputs, outputs, theta }) => {
      const random = Random.seeded(seed);
      const model = createModel(
        heap,
        sequential(flatten(), strelu(), linear(outputs))([1, 1, inputs]),
        random,
      );
      values(model, 'act1.theta').fill(theta);
      const [weight, bias] = [model.tensors.get('linear1.weight')!, model.tensors.get('linear1.bias')!];
      bias.data.fill(Number.NaN); // what it was is of no account
      const rest = restHead(model);
      rest.tie();
      assert.equal(rest.bias, 'linear1.bias');

      const batch = 3;
      const a = Array.from({ length: batch * inputs }, () => theta * (2 * random.uniform() - 1));
      const price = Array.from({ length: batch * outputs }, () => random.normal());
      const tape = Tape.on(runtime);
      const below = tape.array(a).reshape(batch, inputs);
      const logits = below.matmul(tape.use(weight)).add(tape.use(bias));
      logits.mul(tape.array(price).reshape(batch, outputs)).sum().backward();
      rest.gather();
      const close = (found: number, expected: number, what: string): void =>
        assert.ok(Math.abs(found - expected) < 1e-4, `${what}: ${found} is not ${expected}`);
      const over = (count: number, term: (k: number) => number): number =>
        Array.from({ length: count }, (_, k) => term(k)).reduce((sum, value) => sum + value, 0);
      for (let c = 0; c < outputs; c++) {
        for (let b = 0; b < batch; b++) {
          const logit = over(inputs, (i) => (a[b * inputs + i]! + theta) * weight.data[i * outputs + c]!);
          close(logits.data[b * outputs + c]!, logit, `logit ${b}, ${c}`);
        }
        for (let i = 0; i < inputs; i++) {
          const slope = over(batch, (b) => (a[b * inputs + i]! + theta) * price[b * outputs + c]!);
          close(weight.gradient![i * outputs + c]!, slope, `weight ${i}, ${c}`);
        }
      }
      tape.close();
    }),
    { numRuns: 50 },
  );
});

/** 16 x 16 images of three classes: noise, brighter in one third. */
function pictures(count: number, seed: number): Dataset {
  const random = Random.seeded(seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  const images = Uint8Array.from({ length: count * 256 }, (_, i) => {
    const lit = Math.min(2, Math.floor((i % 256) / 86)) === labels[Math.floor(i / 256)];
    return (lit ? 60 : 0) + random.integer(150);
  });
  return { ...bars(3, 1), name: 'pictures', images, labels, count, shape: [16, 16, 1] };
}

const COURSE: TrainOptions = {
  ...{ ...TRAIN_DEFAULTS, epochs: 2, batchSize: 16, learningRate: 0.02, thetaRate: 0, weightDecay: 0 },
  ...{ fixedScale: true, headRate: 0.6, normRate: 3, warmup: 0, recomputeNorms: true },
};

/** `cifar-fast`, narrow, with one activation. */
const fast = (activation: 'strelu' | 'trelu', atRest: boolean): Architecture =>
  cifarFast('cifar-fast', [16, 16, 1], 3, {
    ...{ activation, width: 0.06, levels: activation === 'strelu' ? 2 : 4, pooling: 'max' },
    ...(atRest && { border: 'rest', restHead: activation === 'strelu' }),
  });

/** A symmetric clip, and the threshold ReLU that it is, moved: the same weights, all batch norms and biases higher by theta. */
function pair(seed: number, atRest: boolean): readonly [moved: Model, plain: Model] {
  const moved = createModel(heap, fast('strelu', atRest), Random.seeded(seed), {
    shift: 1,
    shiftFirst: true,
  });
  const plain = createModel(heap, fast('trelu', atRest), Random.seeded(seed));
  for (const { name, role } of plain.specs) {
    if (role === 'theta') values(plain, name).fill(2);
    // names of convolutions and of the head are those of both
    else if (role === 'weight') values(plain, name).set(values(moved, name));
  }
  return [moved, plain];
}

/** How far the logits of the two lie apart after a training of both, and those of one. */
function apart(seed: number, atRest: boolean, options: TrainOptions) {
  const data = { train: pictures(48, seed), test: pictures(24, seed + 1) };
  const [moved, plain] = pair(seed, atRest);
  for (const _ of train(runtime, moved, data, { ...options, restHead: atRest }));
  for (const _ of train(runtime, plain, data, options));
  const [ours, theirs] = [moved, plain].map(
    (model) => evaluate(runtime, model, data.test, { continuous: true }).logits,
  );
  const distance = ours!.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs![i]!)), 0);
  return { distance, spread: Math.max(...ours!) - Math.min(...ours!) };
}

test('a symmetric clip is trained as the threshold ReLU that it is, moved (L20)', () => {
  for (const seed of [1, 2, 3]) {
    const { distance, spread } = apart(seed, true, { ...COURSE, continuousEpochs: 2 });
    assert.ok(distance < 1e-3 * spread, `seed ${seed}: ${distance} of ${spread}`);
    // without it the two part
    const other = apart(seed, false, { ...COURSE, continuousEpochs: 2 });
    assert.ok(
      other.distance > 0.02 * other.spread,
      `seed ${seed}, without: ${other.distance} of ${other.spread}`,
    );
  }
});

test('so it is on a grid, for a step: later ones part where a value lies between two levels (L20)', () => {
  for (const seed of [1, 2, 3]) {
    const { distance, spread } = apart(seed, true, { ...COURSE, epochs: 1, batchSize: 48 });
    assert.ok(distance < 1e-3 * spread, `seed ${seed}: ${distance} of ${spread}`);
  }
});

test('averages of the weights and slow weights have the bias of theirs', () => {
  const data = { train: pictures(48, 1), test: pictures(12, 2) };
  for (const kept of [{ ema: 0.9 }, { lookahead: 2 }, { ema: 0.5, lookahead: 3 }]) {
    const model = createModel(heap, fast('strelu', true), Random.seeded(3), { shift: 1 });
    for (const _ of train(runtime, model, data, { ...COURSE, restHead: true, ...kept }));
    const found = Array.from(values(model, 'linear1.bias'));
    restHead(model).tie();
    for (const [c, expected] of values(model, 'linear1.bias').entries())
      assert.ok(Math.abs(found[c]! - expected) < 1e-5, `${JSON.stringify(kept)}: ${found[c]}, ${expected}`);
  }
});

test('a resumed run has the bits of one that was never stopped', () => {
  const data = { train: pictures(48, 1), test: pictures(12, 2) };
  const options = { ...COURSE, restHead: true, lookahead: 2 };
  const create = (seed: number): Model =>
    createModel(heap, fast('strelu', true), Random.seeded(seed), { shift: 1 });
  const whole = create(4);
  let resume: Parameters<typeof train>[4];
  for (const event of train(runtime, whole, data, options)) if (event.step === 3) resume = event.checkpoint();
  const again = create(5);
  for (const _ of train(runtime, again, data, options, resume));
  for (const [name, { data: expected }] of whole.tensors)
    assert.deepEqual(Array.from(values(again, name)), Array.from(expected), name);
});

test('a last layer that has no such rest before it, or no bias, is refused by its name', () => {
  const made = (...layers: LayerSpec[]): Model =>
    createModel(heap, sequential(...layers)([4, 4, 1]), Random.seeded(1));
  const cases: readonly (readonly [Model, RegExp])[] = [
    [
      made(flatten(), strelu(), linear(3, { bias: false })),
      /^linear1: restHead: .* linear with a bias, found one without/,
    ],
    [made(conv2d(3, 4), flatten()), /^flatten1: restHead: .* found flatten/],
    [made(flatten(), relu(), linear(3)), /^linear1: restHead: .* found relu;/],
    [
      made(flatten(), strelu({ thetaPer: 'channel' }), linear(3)),
      /^linear1: restHead: .* found strelu with 16/,
    ],
    [made(flatten(), linear(3)), /^linear1: restHead: .* found none/],
  ];
  for (const [model, message] of cases) assert.throws(() => restHead(model), { message });
});
