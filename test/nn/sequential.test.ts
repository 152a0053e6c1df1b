/** @file Networks written as a list of layers: shapes are found, names count up, what does not fit is refused by name. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { parseArchitecture } from '../../src/format/architecture-json.ts';
import { parseNetwork } from '../../src/format/network-json.ts';
import { networkSchema } from '../../src/format/network-schema.ts';
import { Heap } from '../../src/memory/heap.ts';
import { createModel } from '../../src/nn/create-model.ts';
import {
  avgPool,
  batchNorm,
  conv2d,
  dropout,
  flatten,
  type LayerSpec,
  linear,
  qcfs,
  relu,
  residual,
  strelu,
  tleakyRelu,
  trelu,
} from '../../src/nn/layers.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { summarise, totals } from '../../src/nn/summary.ts';
import { exportNetwork } from '../../src/nn/trained-network.ts';
import { Random } from '../../src/random/random.ts';

test('a list of layers: every shape found, every name given', () => {
  const net = sequential(conv2d(32, 3), batchNorm(), strelu(), avgPool(2), flatten(), linear(10));
  const { layers, classes } = net([28, 28, 1]);
  assert.equal(classes, 10);
  assert.deepEqual(
    layers.map(({ name }) => name),
    ['conv1', 'norm1', 'act1', 'pool1', 'flatten1', 'linear1'],
  );
  const last = layers.at(-1)!;
  assert.ok(last.kind === 'linear' && last.inputs === 13 * 13 * 32);
});

test('one description for images of other sizes', () => {
  const net = sequential(conv2d(4, 3, { padding: 'same' }), relu(), flatten(), linear(5));
  for (const [height, width, channels] of [
    [8, 8, 1],
    [5, 9, 3],
  ] as const) {
    const last = net([height, width, channels]).layers.at(-1)!;
    assert.ok(last.kind === 'linear' && last.inputs === height * width * 4);
  }
});

test('lenet written by hand is the built-in lenet, but for its names', () => {
  const built = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' });
  const rows = summarise(built);
  assert.equal(totals(rows).parameters, 61_706 + 4); // LeNet-5 with four thresholds
  assert.deepEqual(rows.at(-1)!.output, [1, 1, 10]);
});

test('parameters and operations counted by hand, padding left out', () => {
  const net = sequential(conv2d(2, 3, { padding: 1 }), strelu(), flatten(), linear(3));
  const [conv, act, , out] = summarise(net([2, 2, 1]));
  assert.equal(conv!.parameters, 3 * 3 * 1 * 2 + 2);
  assert.equal(conv!.macs, 4 * 4 * 2); // each of 4 positions sees 4 pixels, for 2 channels
  assert.equal(act!.parameters, 1);
  assert.equal(out!.macs, 8 * 3);
});

test('what does not fit is refused with the layer and a remedy', () => {
  for (const [net, message] of [
    [sequential(conv2d(2, 9), flatten(), linear(2)), /conv1 leaves nothing of 4x4x1/],
    [sequential(conv2d(2, 3)), /expected a last layer of 1x1xCLASSES, found 2x2x2; end it with flatten/],
    [sequential(), /expected a last layer/],
    [
      sequential(residual([conv2d(3, 1)], [conv2d(2, 1)]), flatten(), linear(2)),
      /residual1 adds 4x4x3 to 4x4x2; give the shortcut/,
    ],
  ] as const)
    assert.throws(() => net([4, 4, 1]), message);
  assert.throws(() => conv2d(2, 4, { padding: 'same' }), /padding 'same' needs an odd kernel, found 4/);
});

/** Any description of a few layers, as `sequential` and as JSON at once. */
const pieces: fc.Arbitrary<readonly [LayerSpec, object]> = fc.oneof(
  fc
    .record({ out: fc.integer({ min: 1, max: 3 }), kernel: fc.constantFrom(1, 3), padding: fc.nat(1) })
    .map(
      ({ out, kernel, padding }) =>
        [conv2d(out, kernel, { padding }), { kind: 'conv2d', outChannels: out, kernel, padding }] as const,
    ),
  fc.constantFrom(
    [batchNorm(), { kind: 'batchNorm' }] as const,
    [strelu({ levels: 2 }), { kind: 'strelu', levels: 2 }] as const,
    [trelu({ thetaPer: 'channel' }), { kind: 'trelu', thetaPer: 'channel' }] as const,
    [tleakyRelu(), { kind: 'tleaky-relu' }] as const,
    [relu(), { kind: 'relu' }] as const,
    [qcfs(), { kind: 'qcfs' }] as const,
    [dropout(0.5), { kind: 'dropout', rate: 0.5 }] as const,
    [
      residual([conv2d(2, 3, { padding: 1 })], [conv2d(2, 1)]),
      {
        kind: 'residual',
        body: [{ kind: 'conv2d', outChannels: 2, kernel: 3, padding: 1 }],
        shortcut: [{ kind: 'conv2d', outChannels: 2, kernel: 1 }],
      },
    ] as const,
  ),
);

test('a description in JSON is the sequential of the same words; what it gives is an architecture that files take', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 5 }), (found) => {
      const specs = [...found.map(([spec]) => spec), flatten(), linear(3)];
      const layers = [...found.map(([, json]) => json), { kind: 'flatten' }, { kind: 'linear', outputs: 3 }];
      const expected = sequential(...specs)([12, 12, 2], 'net');
      const { name, network } = parseNetwork({ name: 'net', layers }, 'net.json');
      assert.deepEqual(network([12, 12, 2], name), expected);
      assert.deepEqual(parseArchitecture(JSON.parse(JSON.stringify(expected)), 'file'), expected);
      const heap = new Heap();
      const model = createModel(heap, expected, Random.seeded(1));
      const sizes = [...model.tensors.values()].reduce((sum, tensor) => sum + tensor.size, 0);
      assert.ok(sizes >= totals(summarise(expected)).parameters);
    }),
    { numRuns: 60 },
  );
});

test('unknown layers, unknown fields and values out of range are refused by name, with the near word', () => {
  for (const [layers, message] of [
    [[{ kind: 'conv2' }], /layers\[0\]: unknown layer "conv2"; .*conv2d/],
    [
      [{ kind: 'conv2d', outChannels: 2, kernel: 3, dilatation: 2 }],
      /unknown field "dilatation"; .*dilation/,
    ],
    [
      [{ kind: 'conv2d', outChannels: 0, kernel: 3 }],
      /outChannels should be a whole number from 1 on, found 0/,
    ],
    [[{ kind: 'linear' }], /outputs should be a whole number/],
    [[{ kind: 'dropout', rate: 2 }], /rate should be a number from 0 to 0.999, found 2/],
    [[{ kind: 'toString' }], /unknown layer "toString"/],
    [[{ kind: 'strelu', rounding: 'up' }], /rounding should be one of round, truncate/],
  ] as const)
    assert.throws(() => parseNetwork({ name: 'n', layers }, 'net.json'), message);
  assert.throws(
    () => parseNetwork({ name: 'n', layers: [], input: [1, 1, 1] }, 'net.json'),
    /unknown field "input"/,
  );
});

test('the published schema is that of the reader', async () => {
  const file = new URL(
    import.meta.url.endsWith('.ts')
      ? '../../src/format/network.schema.json'
      : '../../../src/format/network.schema.json',
    import.meta.url,
  );
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), JSON.parse(JSON.stringify(networkSchema())));
});

test('your own network converts like a built-in one', () => {
  const net = sequential(conv2d(2, 3), batchNorm(), strelu(), avgPool(2), flatten(), linear(3));
  const heap = new Heap();
  const model = createModel(heap, net([8, 8, 1], 'mine'), Random.seeded(1));
  const { snn } = convert(exportNetwork(model, {}), { neuron: 'half' });
  assert.deepEqual(
    snn.layers.map(({ shape }) => shape),
    [
      [6, 6, 2],
      [1, 1, 3],
    ],
  );
});
