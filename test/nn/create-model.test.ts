import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ACTIVATIONS } from '../../src/nn/activations/index.ts';
import { createModel } from '../../src/nn/create-model.ts';
import { disposeModel } from '../../src/nn/model.ts';
import { hasBatchNorms, MODELS, type ModelName } from '../../src/nn/models/index.ts';
import { Random } from '../../src/random/random.ts';
import { referenceRuntime, smallNetwork } from '../train/small.ts';

const { heap } = referenceRuntime();
const start = (seed: number, balanced: boolean) =>
  createModel(heap, smallNetwork(), Random.seeded(seed), { balanced });

test('balanced weights: mean 0 over the inputs of each output, else the same draw, the deviation kept', () => {
  let [squares, count] = [0, 0];
  fc.assert(
    fc.property(fc.nat(10_000), (seed) => {
      const [plain, balanced] = [start(seed, false), start(seed, true)];
      for (const { name, role, fanIn } of plain.specs) {
        const [before, after] = [plain, balanced].map((model) => model.tensors.get(name)!.data);
        if (role !== 'weight') {
          assert.deepEqual(after, before, name);
          continue;
        }
        const outputs = after!.length / fanIn;
        const stretch = Math.sqrt(fanIn / (fanIn - 1));
        for (let c = 0; c < outputs; c++) {
          const column = (data: ArrayLike<number>): number[] =>
            Array.from({ length: fanIn }, (_, i) => data[i * outputs + c]!);
          const [was, is] = [column(before!), column(after!)];
          assert.ok(Math.abs(is.reduce((a, b) => a + b)) < 1e-5, name);
          const shift = is.map((w, i) => was[i]! - w / stretch);
          for (const one of shift) assert.ok(Math.abs(one - shift[0]!) < 1e-5, `${name} ${c}`);
          squares += is.reduce((sum, w) => sum + w * w, 0);
          count++;
        }
      }
    }),
    { numRuns: 60 },
  );
  // each output's weights have sum of squares 1 on average (gain 1), with a relative deviation of sqrt(2 / 8) per output at most
  assert.ok(Math.abs(squares / count - 1) < 5 * Math.sqrt(0.25 / count), `${squares / count} over ${count}`);
});

test('of all models lenet alone has no batch norms to shift', () => {
  const without = (Object.keys(MODELS) as ModelName[]).filter((name) => !hasBatchNorms(name));
  assert.deepEqual(without, ['lenet']);
});

test('however narrow, a layer has a channel', () => {
  const { layers } = MODELS.cnn([28, 28, 1], 10, { activation: 'strelu', width: 0.001 });
  const widths = layers.flatMap((layer) => (layer.kind === 'conv2d' ? [layer.outChannels] : []));
  assert.ok(widths.length > 0);
  for (const width of widths) assert.equal(width, 1);
});

test('every model of every activation starts finite, whatever options it starts with', () => {
  const { heap: large } = referenceRuntime();
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(MODELS) as ModelName[])),
      fc.constantFrom(...Object.values(ACTIVATIONS)),
      fc.record({
        shift: fc.constantFrom(0, 0.5, 1),
        balanced: fc.boolean(),
        shiftFirst: fc.boolean(),
        dirac: fc.boolean(),
        headScale: fc.constantFrom(0, 0.25, 1),
        normScale: fc.constantFrom(0.25, 1),
      }),
      (name, { name: activation, hasTheta }, options) => {
        const architecture = MODELS[name]([32, 32, 3], 10, { activation, width: 0.0625 });
        const begin = () => createModel(large, architecture, Random.seeded(1), options);
        if (options.shift > 0 && !hasTheta) {
          assert.throws(begin, /shift .*: expected 0, since/);
          return;
        }
        const model = begin();
        for (const [parameter, { data }] of model.tensors)
          for (const value of data) assert.ok(Number.isFinite(value), `${name} ${activation} ${parameter}`);
        disposeModel(large, model);
      },
    ),
    { numRuns: 60 },
  );
});
