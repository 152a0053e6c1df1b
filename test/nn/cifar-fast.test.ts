/** @file The networks of short courses: what they cost, and that pools before batch norms fold. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { CONV_BORDERS, POOLINGS } from '../../src/nn/models/build.ts';
import { MODELS, type ModelName } from '../../src/nn/models/index.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { summarise, totals } from '../../src/nn/summary.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { Random } from '../../src/random/random.ts';
import { simulate } from '../../src/snn/simulate.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { referenceRuntime } from '../train/small.ts';

const { heap } = referenceRuntime();
const FAST: readonly ModelName[] = ['cifar-fast', 'cifar-residual'];

test('multiply-accumulates at 32 x 32 x 3, those of the border left out', () => {
  const macs = FAST.map((name) => {
    const made = MODELS[name]([32, 32, 3], 10, { activation: 'strelu' });
    return Math.round(totals(summarise(made)).macs / 1e6);
  });
  assert.deepEqual(macs, [101, 244]);
  const bordered = MODELS['cifar-fast']([32, 32, 3], 10, { activation: 'strelu', border: 'rest' });
  assert.equal(Math.round(totals(summarise(bordered)).macs / 1e6), 118, 'with those of a border at rest');
});

test('pools before batch norms, of means or of largest values, leave a quarter of the neurons, and the same weights', () => {
  for (const name of ['vgg8', ...FAST] as const) {
    const made = POOLINGS.map((pooling) => MODELS[name]([32, 32, 3], 10, { activation: 'strelu', pooling }));
    const [before, after, max] = made.map(({ layers }) => parameterSpecs(layers).map(({ shape }) => shape));
    assert.deepEqual(before, after);
    assert.deepEqual(before, max);
    const neurons = made.map((one) =>
      summarise(one)
        .filter(({ kind, name: layer }) => kind === 'activation' && !layer.includes('/'))
        .reduce((sum, { output }) => sum + output[0] * output[1] * output[2], 0),
    );
    assert.ok(neurons[0]! < neurons[1]! && neurons[0] === neurons[2], `${name}: ${neurons}`);
  }
});

test('levels by layer: in order, the last for all that follow', () => {
  const { layers } = MODELS['cifar-fast']([32, 32, 3], 10, { activation: 'strelu', layerLevels: [8, 4, 2] });
  const found = layers.flatMap((layer) => (layer.kind === 'activation' ? [layer.levels] : []));
  assert.deepEqual(found, [8, 4, 2, 2, 2, 2, 2]);
});

test('converted, the networks give the logits that they gave; all engines send the same spikes', () => {
  const cases = fc.record({
    name: fc.constantFrom(...FAST, 'vgg8' as const),
    pooling: fc.constantFrom(...POOLINGS),
    border: fc.constantFrom(...CONV_BORDERS),
    seed: fc.nat(1000),
    side: fc.integer({ min: 10, max: 13 }),
  });
  fc.assert(
    fc.property(cases, ({ name, pooling, border, seed, side }) => {
      const architecture = MODELS[name]([side, side, 1], 3, {
        ...{ activation: 'strelu', width: 0.03, pooling, border },
      });
      const model = createModel(heap, architecture, Random.seeded(seed), {
        dirac: true,
        shift: 1,
        shiftFirst: true,
      });
      const random = Random.seeded(seed).fork('statistics');
      for (const { name: tensor, role } of model.specs) {
        const { data } = model.tensors.get(tensor)!;
        for (let i = 0; i < data.length; i++)
          if (role === 'mean' || role === 'beta') data[i]! += 0.2 * random.normal();
          else if (role === 'variance' || role === 'gamma') data[i] = random.uniform(0.5, 2);
      }
      const network = exportNetwork(model, {});
      const image = Float32Array.from({ length: side * side }, () => random.normal());
      const { snn } = convert(network, { method: 'strelu' });
      const expected = evaluate(network, image);
      const size = Math.max(1, ...expected.map(Math.abs));
      runFolded(snn, image).logits.forEach((logit, c) => {
        assert.ok(Math.abs(logit - expected[c]!) <= 1e-4 * size, `${name}: ${logit} is not ${expected[c]}`);
      });
      const run = (engine: 'reference' | 'events' | 'products') =>
        simulate(snn, image, { steps: 4, engine }).predictions;
      assert.deepEqual(run('events'), run('reference'));
      assert.deepEqual(run('products'), run('reference'));
    }),
    { numRuns: 24 },
  );
});

test('Dirac filters copy the inputs; the shift reaches the first bias; the head begins smaller', () => {
  const architecture = MODELS['cifar-fast']([12, 12, 3], 10, { activation: 'strelu', width: 0.5 });
  const start = { shift: 1, shiftFirst: true, dirac: true, headScale: 0.25 };
  const [plain, model] = [{}, start].map((options) =>
    createModel(heap, architecture, Random.seeded(1), options),
  );
  const { data, shape } = model!.tensors.get('conv2.weight')!;
  const [rows, columns, ins, outs] = shape as [number, number, number, number];
  for (let tap = 0; tap < rows * columns; tap++)
    for (let i = 0; i < ins; i++)
      for (let o = 0; o < outs; o++) {
        const at = (tap * ins + i) * outs + o;
        const expected =
          o < Math.min(ins, outs)
            ? Number(tap === 4 && i === o)
            : plain!.tensors.get('conv2.weight')!.data[at];
        assert.equal(data[at], expected);
      }
  assert.ok(model!.tensors.get('conv1.bias')!.data.every((value) => value === -1));
  assert.deepEqual(
    Array.from(model!.tensors.get('linear1.weight')!.data, (value) => 4 * value),
    Array.from(plain!.tensors.get('linear1.weight')!.data),
  );
});
