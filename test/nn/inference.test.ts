/**
 * @file A network that only answers has the bits of the plain forward pass, whatever becomes of the model that it was made of; and what
 * is made of a model anew never answers by weights that the model had before.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { normalised } from '../../src/data/normalise.ts';
import type { Architecture } from '../../src/nn/architecture.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { foldModel } from '../../src/nn/fold.ts';
import { forward } from '../../src/nn/forward.ts';
import { createInference, type Inference } from '../../src/nn/inference.ts';
import { disposeModel, type Model } from '../../src/nn/model.ts';
import { builder } from '../../src/nn/models/build.ts';
import { exportNetwork, loadWeights } from '../../src/nn/trained-network.ts';
import { adam } from '../../src/optimizers/adam.ts';
import { muon } from '../../src/optimizers/muon.ts';
import type { Optimizer } from '../../src/optimizers/optimizer.ts';
import { sgd } from '../../src/optimizers/sgd.ts';
import { Random } from '../../src/random/random.ts';
import { createRuntime, type Runtime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';
import type { Tensor } from '../../src/tensor/tensor.ts';
import { tensorView } from '../../src/tensor/tensor-view.ts';
import { createAverage } from '../../src/train/average.ts';
import type { Checkpoint } from '../../src/train/checkpoint.ts';
import { evaluating } from '../../src/train/evaluate.ts';
import { createLookahead } from '../../src/train/lookahead.ts';
import { recomputeNorms } from '../../src/train/recompute-norms.ts';
import { createTeacher } from '../../src/train/teacher.ts';
import { testAccuracy } from '../../src/train/test-accuracy.ts';
import { train } from '../../src/train/train.ts';
import { whitenFirst } from '../../src/train/whiten.ts';
import { bars, SMALL_OPTIONS } from '../train/small.ts';

const DATA = { train: bars(16, 1), test: bars(9, 2) };
const runtime = createRuntime();
/** Where the plain forward pass runs: nothing of the other is here. */
const fresh = createRuntime();
after(() => {
  runtime.close();
  fresh.close();
});

/** Every scheme of minimal filtering but F(4,5), inside a residual block too, and a convolution that has none. */
function network(): Architecture {
  const b = builder({ activation: 'strelu' });
  return {
    name: 'winograd',
    input: [6, 6, 1],
    classes: 3,
    layers: [
      b.conv(1, 16, 3, { padding: 1, bias: false }),
      b.norm(16),
      b.act(16),
      b.residual([b.conv(16, 16, 3, { padding: 1 })], []),
      b.act(16),
      b.conv(16, 20, 5, { padding: 2 }),
      b.norm(20),
      b.act(20),
      b.pool(3),
      b.conv(20, 16, 3, { padding: 1 }),
      b.act(16),
      b.flatten(),
      b.linear(64, 3),
    ],
  };
}

const IMAGES = normalised(DATA.test);

/** The logits of the test images by the plain forward pass of a copy on the other heap. */
function plainLogits(model: Model, fold: boolean): Float32Array {
  const copy = loadWeights(fresh.heap, exportNetwork(model));
  const ran = fold ? foldModel(fresh.heap, copy) : copy;
  const tape = Tape.on(fresh, { recording: false });
  const x = tape.tensor([DATA.test.count, ...DATA.test.shape]);
  x.data.set(IMAGES);
  const logits = Float32Array.from(forward(tape, ran, x).data);
  tape.close();
  if (fold) disposeModel(fresh.heap, ran);
  disposeModel(fresh.heap, copy);
  return logits;
}

/** By an inference that is made now. */
function logitsNow(model: Model, fold: boolean): Float32Array {
  using inference = createInference(runtime, model, { fold });
  return answer(inference);
}

function answer({ tape, forward: run }: Inference): Float32Array {
  tape.reset();
  const x = tape.tensor([DATA.test.count, ...DATA.test.shape]);
  x.data.set(IMAGES);
  return Float32Array.from(run(x).data);
}

const weightsOf = (model: Model): Tensor[] =>
  model.specs.filter(({ role }) => role === 'weight').map(({ name }) => model.tensors.get(name)!);

/** One step of an optimizer on the sum of squares of all weights. */
function stepOf(make: (on: Runtime, weights: readonly Tensor[]) => Optimizer) {
  return (model: Model): Model => {
    const weights = weightsOf(model);
    using tape = Tape.on(runtime);
    using optimizer = make(runtime, weights);
    const losses = weights.map((w) => tape.use(w).square().sum());
    losses.reduce((sum, loss) => sum.add(loss)).backward();
    optimizer.step();
    return model;
  };
}

function trained(options: Partial<typeof SMALL_OPTIONS>, resumed = false) {
  return (model: Model): Model => {
    const all = { ...SMALL_OPTIONS, ...options };
    let last: Checkpoint | undefined;
    for (const event of train(runtime, model, DATA, all)) {
      if (event.kind === 'step' && event.step === 3) last = event.checkpoint();
    }
    if (resumed) for (const _ of train(runtime, model, DATA, all, last));
    return model;
  };
}

/** The library's ways to other weights: each gives the model that is used from then on. */
const WAYS: Readonly<Record<string, (model: Model, seed: number) => Model>> = {
  'one number written': (model, seed) => {
    for (const { data } of weightsOf(model)) data[seed % data.length] = 0.5;
    return model;
  },
  'the view written': (model) => {
    for (const tensor of weightsOf(model))
      tensorView(tensor).set(...(tensor.shape.map(() => 0) as [number]), 0.25);
    return model;
  },
  'all numbers replaced': (model, seed) => {
    const other = createModel(runtime.heap, model.architecture, Random.seeded(seed));
    for (const [name, { data }] of model.tensors) data.set(other.tensors.get(name)!.data);
    disposeModel(runtime.heap, other);
    return model;
  },
  'freed, and other weights loaded to the same addresses': (model, seed) => {
    const addresses = weightsOf(model).map(({ data }) => data.byteOffset);
    const other = createModel(fresh.heap, model.architecture, Random.seeded(seed));
    const network = exportNetwork(other);
    disposeModel(fresh.heap, other);
    disposeModel(runtime.heap, model);
    const loaded = loadWeights(runtime.heap, network);
    const reused = new Set(addresses);
    assert.ok(weightsOf(loaded).some(({ data }) => reused.has(data.byteOffset)));
    return loaded;
  },
  sgd: stepOf((on, weights) => sgd(on, weights, { learningRate: 0.1, momentum: 0.9 })),
  adam: stepOf((on, weights) => adam(on, weights, { learningRate: 0.01 })),
  muon: stepOf((on, weights) => muon(on, weights, { weightNorm: true })),
  'a training': trained({ epochs: 1, lookahead: 2, ema: 0.9 }),
  'a training that is resumed': trained({}, true),
  'statistics taken anew': (model, seed) => {
    recomputeNorms(runtime, model, DATA.train, { seed, batchSize: 8, continuous: false });
    return model;
  },
  'a whitened first layer': (model) => {
    whitenFirst(model, DATA.train);
    return model;
  },
  lookahead: (model) => {
    using lookahead = createLookahead(runtime.heap, model, {
      ...SMALL_OPTIONS,
      lookahead: 1,
      lookaheadShare: 0.5,
    });
    for (const { data } of weightsOf(model)) data[0]! += 1;
    lookahead.update(0);
    return model;
  },
  'an average put in': (model) => {
    using average = createAverage(runtime.heap, model, { ...SMALL_OPTIONS, ema: 0.5 });
    for (const { data } of weightsOf(model)) data[1]! += 1;
    average.update(1);
    for (const [name, { data }] of average.model.tensors) model.tensors.get(name)!.data.set(data);
    return model;
  },
};

test('weights changed in every way the library has: what is asked next has the bits of a fresh copy, what is open keeps its own', () => {
  const ways = fc.array(fc.constantFrom(...Object.keys(WAYS)), { minLength: 1, maxLength: 3 });
  const changes = (way: string): void => {
    fc.assert(
      fc.property(ways, fc.nat(1000), fc.boolean(), (others, seed, fold) => {
        let model = createModel(runtime.heap, network(), Random.seeded(seed));
        const opened = createInference(runtime, model, { fold });
        const before = answer(opened);
        assert.deepEqual(before, plainLogits(model, fold));
        for (const [i, each] of [way, ...others].entries()) {
          model = WAYS[each]!(model, seed + i + 1);
          assert.deepEqual(logitsNow(model, fold), plainLogits(model, fold), each);
          assert.deepEqual(answer(opened), before, each);
        }
        opened.close();
        disposeModel(runtime.heap, model);
      }),
      { numRuns: 1 },
    );
  };
  for (const way of Object.keys(WAYS)) changes(way);
});

test('each way does change the answers', () => {
  for (const [name, way] of Object.entries(WAYS)) {
    const model = createModel(runtime.heap, network(), Random.seeded(3));
    const before = logitsNow(model, false);
    const changed = way(model, 4);
    assert.notDeepEqual(logitsNow(changed, false), before, name);
    disposeModel(runtime.heap, changed);
  }
});

test('an evaluation answers all its images by the weights that it began with', () => {
  const model = createModel(runtime.heap, network(), Random.seeded(5));
  const expected = plainLogits(model, false);
  const run = evaluating(runtime, model, DATA.test, { batchSize: 4 });
  let part = run.next();
  while (!part.done) {
    for (const { data } of weightsOf(model)) data.fill(0);
    part = run.next();
  }
  // the same images in mini-batches of another size: the same bits
  assert.deepEqual(part.value.logits, expected);
  disposeModel(runtime.heap, model);
});

test('a teacher and the accuracy on test images are asked with folded batch norms', () => {
  const model = createModel(runtime.heap, network(), Random.seeded(6));
  for (const { data } of model.tensors.values()) for (let i = 0; i < data.length; i++) data[i]! *= 1.25;
  const logits = plainLogits(model, true);
  const right = DATA.test.labels.filter((label, i) => {
    const own = logits.subarray(3 * i, 3 * i + 3);
    return own.indexOf(Math.max(...own)) === label;
  });
  assert.equal(testAccuracy(runtime, model, DATA.test), (100 * right.length) / DATA.test.count);
  using teacher = createTeacher(runtime, model);
  using tape = Tape.on(runtime);
  const x = tape.tensor([DATA.test.count, ...DATA.test.shape]);
  x.data.set(IMAGES);
  const sharp = teacher.targets(x, 1e-3);
  for (let i = 0; i < DATA.test.count; i++) {
    const own = logits.subarray(3 * i, 3 * i + 3);
    assert.ok(sharp[3 * i + own.indexOf(Math.max(...own))]! > 0.5);
  }
  disposeModel(runtime.heap, model);
});

test('closing gives back all that an inference holds', () => {
  const model = createModel(runtime.heap, network(), Random.seeded(7));
  logitsNow(model, true); // the kernels have their scratch memory now
  const used = runtime.heap.used;
  const inference = createInference(runtime, model);
  const copied = runtime.heap.used;
  answer(inference);
  assert.ok(copied > used && runtime.heap.used > copied);
  inference.close();
  inference.close();
  assert.equal(runtime.heap.used, used);
  disposeModel(runtime.heap, model);
});
