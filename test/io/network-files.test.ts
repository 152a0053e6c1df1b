import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { convert } from '../../src/convert/convert.ts';
import { onDyadicGrid, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { InputError } from '../../src/errors.ts';
import { decodeCheckpoint, encodeCheckpoint } from '../../src/format/checkpoint-format.ts';
import { fromFloat16, toFloat16 } from '../../src/format/float16.ts';
import { decodeModel, encodeModel } from '../../src/format/model-format.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../src/format/safetensors.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import { readCheckpointFile, writeCheckpointFile } from '../../src/io/checkpoint-file.ts';
import { loadModel, saveModel } from '../../src/io/model-file.ts';
import { loadSnn, saveSnn } from '../../src/io/snn-file.ts';
import type { Architecture, TrainedNetwork } from '../../src/nn/architecture.ts';
import { MODELS, type ModelName } from '../../src/nn/models/index.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { Random } from '../../src/random/random.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { tall } from '../fuzz/cases.ts';

const root = await mkdtemp(join(tmpdir(), 'strelu-files-'));
after(() => rm(root, { recursive: true, force: true }));

function randomNetwork(architecture: Architecture, seed: number): TrainedNetwork {
  const random = Random.seeded(seed);
  const weights = new Map<string, Float32Array<ArrayBufferLike>>();
  for (const { name, role, shape } of parameterSpecs(architecture.layers)) {
    const positive = role === 'theta' || role === 'variance';
    const count = shape.reduce((a, b) => a * b, 1);
    weights.set(
      name,
      Float32Array.from({ length: count }, () => random.uniform(positive ? 0.25 : -1, 2)),
    );
  }
  return { architecture, weights, provenance: { seed, method: 'none', accuracy: 98.5, synthetic: true } };
}

const choice = fc.record({
  model: fc.constantFrom(...(Object.keys(MODELS) as ModelName[])),
  activation: fc.constantFrom('strelu' as const, 'trelu' as const),
  thetaPer: fc.constantFrom('layer' as const, 'channel' as const),
  seed: fc.integer(),
});
type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

function build({ model, activation, thetaPer, seed }: Choice): TrainedNetwork {
  const small = model === 'lenet' || model === 'cnn';
  const input = small ? ([28, 28, 1] as const) : ([32, 32, 3] as const);
  return randomNetwork(MODELS[model](input, 10, { activation, thetaPer, width: 0.07 }), seed);
}

test('a trained network comes back bit for bit, through bytes', () => {
  fc.assert(
    fc.property(choice, (chosen) => {
      const saved = build(chosen);
      assert.deepEqual(decodeModel(encodeModel(saved), 'm'), saved);
    }),
    { numRuns: 20 },
  );
});

test('a spiking network comes back bit for bit, through bytes, on either grid and on none', () => {
  fc.assert(
    fc.property(choice, (chosen) => {
      const { snn } = convert(build(chosen), { method: chosen.activation });
      const halved = /^cifar-/.test(chosen.model) ? [] : [onDyadicGrid(snn, { steps: 2 })]; // a pool of 3 has no dyadic grid
      for (const network of [snn, ...halved, quantisedToInt8(snn, chosen.thetaPer)])
        assert.deepEqual(decodeSnn(encodeSnn(network), 's'), network);
    }),
    { numRuns: 20 },
  );
});

test('both come back through files, and the formats are not mistaken for each other', async () => {
  const trained = randomNetwork(MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' }), 1);
  const { snn } = convert(trained);
  const [m, s, c] = ['m', 's', 'c'].map((name) => join(root, `${name}.safetensors`)) as [
    string,
    string,
    string,
  ];
  await saveModel(m, trained);
  await saveSnn(s, snn);
  await writeCheckpointFile(c, { tensors: new Map(), metadata: {} });
  assert.deepEqual(await loadModel(m), trained);
  assert.deepEqual(await loadSnn(s), snn);
  await assert.rejects(
    loadModel(s),
    /^InputError: .*s\.safetensors: expected a trained network, found a spiking network; name the model that it was converted from$/,
  );
  await assert.rejects(loadSnn(m), /expected a spiking network, found a trained network; convert it first$/);
  await assert.rejects(readCheckpointFile(m), /expected a checkpoint, found a trained network; /);
  await assert.rejects(loadModel(join(root, 'none')), /^InputError: .*none: cannot be read \(no such file\)/);
});

test('half weights: weights round to float16, everything else stays', () => {
  const trained = randomNetwork(MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' }), 2);
  const read = decodeModel(encodeModel(trained, { halfWeights: true }), 'm');
  for (const { name, role } of parameterSpecs(trained.architecture.layers)) {
    const before = trained.weights.get(name)!;
    const expected = role === 'weight' ? before.map((value) => fromFloat16(toFloat16(value))) : before;
    assert.deepEqual(read.weights.get(name), expected);
  }
});

test('a checkpoint keeps tensors, texts and shapes', () => {
  fc.assert(
    fc.property(fc.integer(), fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }), (seed, extra) => {
      const random = Random.seeded(seed);
      const data = Float32Array.from({ length: 6 }, () => random.normal());
      const metadata = { ...extra, position: '17' };
      const saved = { tensors: new Map([['velocity.conv1.weight', { shape: [2, 3], data }]]), metadata };
      const read = decodeCheckpoint(encodeCheckpoint(saved), 'c');
      assert.deepEqual(read.tensors, saved.tensors);
      assert.deepEqual({ ...read.metadata }, metadata);
    }),
  );
});

/** A file with one tensor or metadata entry changed. */
function tampered(
  bytes: Uint8Array,
  change: (tensors: Map<string, StoredTensor>, metadata: Record<string, string>) => void,
): Uint8Array {
  const file = decodeSafetensors(bytes, 'whole');
  const [tensors, metadata] = [new Map(file.tensors), { ...file.metadata }];
  change(tensors, metadata);
  return encodeSafetensors({ tensors, metadata });
}
const spoil = (name: string, value: number) => (tensors: Map<string, StoredTensor>) => {
  (tensors.get(name)!.data as Float32Array)[0] = value;
};
const edit =
  (key: string, from: string | RegExp, to: string) => (_: unknown, metadata: Record<string, string>) => {
    const text = metadata[key]!;
    metadata[key] = text.replace(from, to);
    assert.notEqual(metadata[key], text, 'the test edits nothing');
  };
type Change = Parameters<typeof tampered>[1];
const MODEL = encodeModel(
  randomNetwork(MODELS.resnet([32, 32, 3], 10, { activation: 'strelu', width: 0.1 }), 3),
);
const BAD_MODELS: readonly [string, Change, RegExp][] = [
  ['a missing tensor', (tensors) => tensors.delete('norm1.gamma'), /tensor norm1\.gamma \[\d+\] is missing/],
  [
    'one tensor too many',
    (tensors) => tensors.set('x', { dtype: 'F32', shape: [0], data: new Float32Array(0) }),
    /tensor x belongs to no layer/,
  ],
  [
    'another shape',
    (tensors) => tensors.set('norm1.gamma', { dtype: 'F32', shape: [1], data: new Float32Array(1) }),
    /tensor norm1\.gamma should have shape \[\d+\], found \[1\]/,
  ],
  [
    'another dtype',
    (tensors) => tensors.set('act1.theta', { dtype: 'I32', shape: [1], data: new Int32Array(1) }),
    /act1\.theta should be F32 or F16, found I32/,
  ],
  ['a NaN weight', spoil('conv1.weight', Number.NaN), /tensor conv1\.weight holds NaN at 0/],
  ['an infinite weight', spoil('conv1.weight', Number.NEGATIVE_INFINITY), /conv1\.weight holds -Infinity/],
  ['theta 0', spoil('act1.theta', 0), /tensor act1\.theta should be > 0, found 0 at 0/],
  ['a negative theta', spoil('act1.theta', -1), /act1\.theta should be > 0, found -1/],
  ['a negative variance', spoil('norm1.variance', -0.5), /norm1\.variance should be >= 0, found -0.5/],
  ['another version', edit('format_version', '1', '2'), /format version 2 is not 1/],
  ['an architecture that is not JSON', edit('architecture', '{', ''), /metadata architecture is not JSON/],
  [
    'an unknown layer',
    edit('architecture', '"avgPool"', '"minPool"'),
    /kind should be one of conv2d, .* found "minPool"/,
  ],
  [
    'a fractional size',
    edit('architecture', '"stride":1', '"stride":1.5'),
    /layers\[0\]: stride should be a whole number from 1 on, or \[vertical, horizontal\], found 1\.5/,
  ],
  [
    'an unknown activation',
    edit('architecture', '"strelu"', '"mish"'),
    /activation should be one of strelu, /,
  ],
  [
    'channels that do not fit',
    edit('architecture', '"inChannels":3', '"inChannels":4'),
    /layer conv1 expects 4 channels, gets 3/,
  ],
  ['two layers of one name', edit('architecture', '"norm1"', '"conv1"'), /two layers are called conv1/],
  [
    'other classes',
    edit('architecture', '"classes":10', '"classes":11'),
    /gives 1x1x10, expected 11 classes/,
  ],
  ['nested provenance', edit('provenance', '{', '{"a":{},'), /provenance is not a flat JSON object/],
];
const SNN = encodeSnn(convert(randomNetwork(MODELS.lenet([28, 28, 1], 10, { activation: 'strelu' }), 4)).snn);
const first: SpikingNetwork['layers'][number] = decodeSnn(SNN, 's').layers[0]!;
/** The network says that it is on this grid. */
const grid = (json: string): Change => edit('network', '"layers":', `"grid":${json},"layers":`);
const BAD_SNNS: readonly [string, Change, RegExp][] = [
  ['a missing theta', (tensors) => tensors.delete(`${first.name}.theta`), /\.theta \[1\] is missing/],
  ['theta 0', spoil(`${first.name}.theta`, 0), /\.theta should be > 0, found 0/],
  ['a NaN bias', spoil(`${first.name}.bias`, Number.NaN), /\.bias holds NaN/],
  ['a NaN weight', spoil(`${first.name}.input.0.weight`, Number.NaN), /input\.0\.weight holds NaN/],
  ['another map', edit('network', '"shape":[', '"shape":[1'), /./],
  [
    'a source that comes later',
    edit('network', '"from":-1', '"from":0'),
    /from should be a layer before 0, found 0/,
  ],
  [
    'an unknown neuron',
    edit('network', '"neuron":"half"', '"neuron":"third"'),
    /neuron should be one of full, half, unipolar, tracer/,
  ],
  [
    'v0 that is no number',
    edit('network', '"initialPotential":0', '"initialPotential":null'),
    /initialPotential should be a number/,
  ],
  [
    'other classes',
    edit('network', '"classes":10', '"classes":9'),
    /readout should have a map of 1x1x9, found 1x1x10/,
  ],
  ['a readout that spikes', edit('network', /"thetas":0/, '"thetas":1'), /thetas should be 0/],
  ['another kernel stride', edit('network', '"stride":1', '"stride":2'), /does not give a map/],
  [
    'another version',
    edit('format_version', '2', '4'),
    /format version 4 is not 1 or 2 or 3; use the version of/,
  ],
  [
    'no version',
    (_, metadata) => delete metadata.format_version,
    /format version missing is not 1 or 2 or 3/,
  ],
  [
    'an unknown grid',
    grid('{"kind":"ternary"}'),
    /grid: kind should be one of int8, dyadic, found "ternary"/,
  ],
  [
    'a dyadic grid of no steps',
    grid('{"kind":"dyadic","steps":0,"imageBits":6}'),
    /grid: steps should be a whole number from 1 on, found 0/,
  ],
  [
    'an int8 grid of unknown units',
    grid('{"kind":"int8","per":"pixel"}'),
    /grid: per should be one of channel, layer, found "pixel"/,
  ],
  ['an int8 grid without scales', grid('{"kind":"int8","per":"layer"}'), /\.scale \[\d+\] is missing/],
];

const ALL = [
  ...BAD_MODELS.map(([what, change, message]) => ({
    what: `model: ${what}`,
    bytes: MODEL,
    read: decodeModel,
    change,
    message,
  })),
  ...BAD_SNNS.map(([what, change, message]) => ({
    what: `SNN: ${what}`,
    bytes: SNN,
    read: decodeSnn,
    change,
    message,
  })),
];
for (const { what, bytes, read, change, message } of ALL) {
  test(`refused in one line that names the file: ${what}`, () => {
    assert.throws(
      () => read(tampered(bytes, change), 'n.safetensors'),
      (error) => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, message);
        return error.message.startsWith('n.safetensors: ') && !error.message.includes('\n');
      },
    );
  });
}

/** How many elements arrays were asked to look through during a task. */
function lookedThrough(task: () => void): number {
  let count = 0;
  const names = ['some', 'every', 'find', 'findIndex', 'filter', 'includes', 'indexOf', 'map'] as const;
  const prototype = Array.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const own = names.map((name) => prototype[name]!);
  for (const [i, name] of names.entries())
    prototype[name] = function counted(this: unknown[], ...args) {
      count += this.length;
      return own[i]!.apply(this, args);
    };
  try {
    task();
  } finally {
    for (const [i, name] of names.entries()) prototype[name] = own[i]!;
  }
  return count;
}

test('what is looked through to read a spiking network grows with its layers, not with their square', () => {
  const [few, many] = [4000, 16_000].map((layers) => {
    const bytes = tall(layers);
    return lookedThrough(() => decodeSnn(bytes, 's'));
  });
  assert.ok(few! > 4000, 'it is counted');
  assert.ok(many! < 5 * few!, `${many} for four times the layers of ${few}`);
});
