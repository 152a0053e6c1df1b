/** @file Conversion moves numbers, not meaning: with rates in place of spikes the logits are the trained network's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conversionTable } from '../../src/convert/conversion-table.ts';
import { convert } from '../../src/convert/convert.ts';
import type { Layer, TrainedNetwork } from '../../src/nn/architecture.ts';
import { borderOf, pairOf } from '../../src/nn/map-window.ts';
import { randomImages, randomTrainedNetwork } from '../support/random-network.ts';
import { forwardConverted, forwardTrained } from './forward.ts';

/** Weights are rounded to float32 once after folding: relative 2^-24 each, sums of at most some hundred terms. */
const TOLERANCE = 1e-4;

function assertSameLogits(network: TrainedNetwork, method: string, seed: number): void {
  const { snn } = convert(network, { method });
  const image = randomImages(network, 1, seed, false);
  const [expected, actual] = [forwardTrained(network, image), forwardConverted(snn, image)];
  assert.equal(actual.length, expected.length);
  expected.forEach((logit, k) => {
    assert.ok(
      Math.abs(logit - actual[k]!) <= TOLERANCE * Math.max(1, Math.abs(logit)),
      `${logit} and ${actual[k]}`,
    );
  });
}

test('converted = trained, over random architectures with batch norm behind the weights', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom('strelu', 'trelu'), (seed, activation) => {
      const network = randomTrainedNetwork(seed, {
        activation: activation as 'strelu',
        batchNorm: true,
        dyadic: false,
      });
      assertSameLogits(network, activation, seed);
    }),
    { numRuns: 60 },
  );
});

/** A small network around the layers under test; weights for whatever they name. */
function network(layers: Layer[], classes = 2, seed = 1): TrainedNetwork {
  const base = randomTrainedNetwork(seed);
  const weights = new Map<string, Float32Array<ArrayBuffer>>();
  const wave = (length: number, low = -1): Float32Array<ArrayBuffer> =>
    Float32Array.from({ length }, (_, i) => low + (1 - low) * Math.abs(Math.sin(3 * i + length)));
  const fill = (layer: Layer): void => {
    if (layer.kind === 'conv2d')
      weights.set(
        `${layer.name}.weight`,
        wave((layer.kernel[0] * layer.kernel[1] * layer.inChannels * layer.outChannels) / layer.groups),
      );
    if (layer.kind === 'linear') weights.set(`${layer.name}.weight`, wave(layer.inputs * layer.outputs));
    if ('bias' in layer && layer.bias)
      weights.set(`${layer.name}.bias`, wave(layer.kind === 'conv2d' ? layer.outChannels : layer.outputs));
    if (layer.kind === 'batchNorm') {
      for (const part of ['gamma', 'beta', 'mean', 'variance'])
        weights.set(`${layer.name}.${part}`, wave(layer.channels, 0.2));
    }
    if (layer.kind === 'activation') weights.set(`${layer.name}.theta`, wave(layer.thetas, 0.5));
    if (layer.kind === 'residual') [...layer.body, ...layer.shortcut].forEach(fill);
    if (layer.kind === 'concat') layer.branches.flat().forEach(fill);
  };
  layers.forEach(fill);
  return { ...base, architecture: { name: 'hand', input: [6, 6, 2], classes, layers }, weights };
}

const conv = (
  name: string,
  inChannels: number,
  outChannels: number,
  kernel: number,
  padding: number,
): Layer => ({
  kind: 'conv2d',
  name,
  inChannels,
  outChannels,
  kernel: pairOf(kernel),
  stride: pairOf(1),
  padding: borderOf(padding),
  dilation: pairOf(1),
  groups: 1,
  bias: true,
});
const linear = (name: string, inputs: number, outputs: number): Layer => ({
  kind: 'linear',
  name,
  inputs,
  outputs,
  bias: true,
});
const norm = (name: string, channels: number): Layer => ({
  kind: 'batchNorm',
  name,
  channels,
  epsilon: 1e-5,
  momentum: 0.1,
});
const act = (name: string, thetas = 1): Layer => ({
  kind: 'activation',
  name,
  activation: 'strelu',
  thetas,
  leak: 1,
  levels: 0,
  rounding: 'round',
});
const pool = (name: string, size: number): Layer => ({
  kind: 'avgPool',
  name,
  window: pairOf(size),
  stride: pairOf(size),
  padding: borderOf(0),
  countPadding: true,
});
const maxPool: Layer = {
  kind: 'maxPool',
  name: 'mp',
  window: pairOf(2),
  stride: pairOf(2),
  padding: borderOf(0),
};
const zeros: Layer = { kind: 'pad', name: 'pad', padding: borderOf(1), value: 0 };
const flat: Layer = { kind: 'flatten', name: 'flat' };

const pooled = (layers: Layer[]): Layer[] => [...layers, maxPool];

const LEGAL: Record<string, Layer[]> = {
  'batch norm ahead of weights': [
    conv('c', 2, 3, 3, 1),
    act('a', 3),
    norm('n', 3),
    conv('d', 3, 2, 3, 0),
    act('b'),
    flat,
    linear('r', 32, 2),
  ],
  'batch norm ahead of a pool, a flatten and a linear layer': [
    conv('c', 2, 3, 3, 1),
    act('a'),
    norm('n', 3),
    pool('p', 2),
    flat,
    linear('r', 27, 2),
  ],
  'two batch norms in a row': [
    conv('c', 2, 3, 3, 1),
    norm('m', 3),
    norm('n', 3),
    act('a'),
    flat,
    linear('r', 108, 2),
  ],
  'pools that multiply': [
    conv('c', 2, 3, 3, 1),
    act('a'),
    pool('p', 2),
    pool('q', 3),
    flat,
    linear('r', 3, 2),
  ],
  'a pool right after the image': [pool('p', 2), conv('c', 2, 3, 2, 1), act('a'), flat, linear('r', 48, 2)],
  'a linear readout on the image': [pool('p', 2), flat, linear('r', 18, 2)],
  'a pool between weights and activation': [
    conv('c', 2, 3, 3, 1),
    pool('p', 2),
    act('a', 3),
    flat,
    linear('r', 27, 2),
  ],
  'a global pool behind the readout convolution': [
    conv('c', 2, 3, 3, 1),
    act('a'),
    conv('r', 3, 2, 3, 1),
    pool('p', 6),
    flat,
  ],
  'an identity from the image': [
    { kind: 'residual', name: 'res', body: [conv('c', 2, 2, 3, 1)], shortcut: [] },
    act('a'),
    flat,
    linear('r', 72, 2),
  ],
  'an identity from an earlier layer over an activation': [
    conv('c', 2, 3, 3, 1),
    act('a', 3),
    {
      kind: 'residual',
      name: 'res',
      body: [conv('d', 3, 3, 3, 1), norm('n', 3), act('b'), conv('e', 3, 3, 1, 0), norm('o', 3)],
      shortcut: [],
    },
    act('f'),
    pool('p', 2),
    flat,
    linear('r', 27, 2),
  ],
  'a pooled shortcut': [
    conv('c', 2, 3, 3, 1),
    act('a', 3),
    { kind: 'residual', name: 'res', body: [conv('d', 3, 3, 3, 1), pool('q', 2)], shortcut: [pool('p', 2)] },
    act('f'),
    flat,
    linear('r', 27, 2),
  ],
};

for (const [name, layers] of Object.entries(LEGAL)) {
  test(`folds ${name}`, () => assertSameLogits(network(layers), 'strelu', 3));
}

const REFUSED: Record<string, [Layer[], RegExp]> = {
  'the largest of means': [
    [conv('c', 2, 3, 3, 1), act('a'), pool('p', 2), maxPool, flat, linear('r', 3, 2)],
    /^mp: the largest of means cannot be converted; take the mean behind the max pool$/,
  ],
  'a max pool as the readout': [
    [conv('c', 2, 2, 5, 0), maxPool],
    /^mp: a max pool \(mp\) cannot be the readout; end in one weight layer$/,
  ],
  'an unknown layer': [[{ kind: 'softmax', name: 's' } as unknown as Layer], /^s: .*softmax.*use conv2d/],
  'two weight layers in a row': [
    [conv('c', 2, 3, 3, 1), conv('d', 3, 3, 3, 1)],
    /^d: expected an activation between c and this layer, found none; add one/,
  ],
  'an activation without weights': [[act('a')], /^a: an activation needs weights/],
  'an activation at the end': [
    [conv('c', 2, 3, 3, 1), act('a')],
    /^a: the network must end in a weight layer/,
  ],
  'too many outputs': [[flat, linear('r', 72, 5)], /^r: expected 2 outputs, found 1x1x5/],
  'an activation of another method': [
    [conv('c', 2, 3, 3, 1), { ...act('a'), activation: 'trelu' } as Layer],
    /^a: method strelu converts strelu, found trelu; use method trelu or trelu-zero or trelu-memory$/,
  ],
  'an activation of no method': [
    [conv('c', 2, 3, 3, 1), { ...act('a'), activation: 'gelu' } as unknown as Layer],
    /^a: .*found gelu; train with/,
  ],
  'a max pool before the activation, in a concatenation': [
    [
      {
        kind: 'concat',
        name: 'cat',
        branches: [[conv('c', 2, 3, 3, 1)], [conv('d', 2, 3, 3, 1)]].map(pooled),
      },
    ],
    /^cat: expected branches that all end in an activation, or none of them, found both, or a max pool before an activation; end each branch in an activation$/,
  ],
  'spikes and currents in one concatenation': [
    [{ kind: 'concat', name: 'cat', branches: [[conv('c', 2, 3, 3, 1), act('a')], [conv('d', 2, 3, 3, 1)]] }],
    /^cat: expected branches that all end in an activation, or none of them, found both; end each/,
  ],
  'a vector beside a map of one position, before the activation': [
    [{ kind: 'concat', name: 'cat', branches: [[conv('c', 2, 3, 6, 0), flat], [conv('d', 2, 3, 6, 0)]] }],
    /^cat: expected branches that all end in an activation, or none of them, found both/,
  ],
  'branches of two sizes': [
    [{ kind: 'concat', name: 'cat', branches: [[conv('c', 2, 3, 3, 1)], [conv('d', 2, 4, 3, 0)]] }],
    /^cat: expected branches of one size, found 6x6x3 and 4x4x4; correct the architecture$/,
  ],
  'batch norm ahead of padding': [
    [conv('c', 2, 3, 3, 1), act('a'), norm('n', 3), conv('d', 3, 2, 3, 1)],
    /^d: a batch norm \(n\) before zero padding.*after the convolution/,
  ],
  'batch norm after an identity': [
    [{ kind: 'residual', name: 'res', body: [conv('c', 2, 2, 3, 1)], shortcut: [] }, norm('n', 2)],
    /^n: a batch norm after a residual add/,
  ],
  'padding ahead of a batch norm': [
    [conv('c', 2, 3, 3, 1), act('a'), zeros, norm('n', 3)],
    /^n: a batch norm \(n\) before zero padding.*after the convolution/,
  ],
  'a batch norm of other channels': [
    [conv('c', 2, 3, 3, 1), norm('n', 4)],
    /^n: expected 3 channels, found 4; correct the architecture$/,
  ],
  'a batch norm of a map over a vector': [
    [conv('c', 2, 3, 3, 1), flat, norm('n', 3)],
    /^n: expected 108 channels, found 3; correct the architecture$/,
  ],
  'a batch norm between a flatten and its activation': [
    [conv('c', 2, 3, 3, 1), flat, norm('n', 108), act('a'), linear('r', 108, 2)],
    /^n: a batch norm between a flatten and its activation cannot be folded; put it before the flatten$/,
  ],
  'a wrong number of inputs': [[flat, linear('r', 71, 2)], /^r: expected 71 inputs, found a map of 1x1x72/],
  'a linear layer on a row of positions': [
    [
      conv('c', 2, 3, 3, 1),
      act('a'),
      { ...pool('p', 1), window: [6, 1], stride: [6, 1] } as Layer,
      linear('r', 3, 2),
    ],
    /^r: expected 3 inputs, found a map of 1x6x3; put a flatten before it$/,
  ],
  'a window larger than the map': [
    [conv('c', 2, 3, 3, 1), act('a'), pool('p', 7)],
    /^p: expected a window that fits 6 x 6, found 7/,
  ],
  'a window higher than the map': [
    [conv('c', 2, 3, 3, 1), act('a'), { ...pool('p', 1), window: [7, 1] } as Layer],
    /^p: expected a window that fits 6 x 6, found 7 x 1/,
  ],
  'a window wider than the map': [
    [conv('c', 2, 3, 3, 1), act('a'), { ...pool('p', 1), window: [1, 7] } as Layer],
    /^p: expected a window that fits 6 x 6, found 1 x 7/,
  ],
};

for (const [name, [layers, message]] of Object.entries(REFUSED)) {
  test(`refuses ${name}`, () => {
    assert.throws(() => convert(network(layers)), { name: 'InputError', message });
  });
}

test('what would be wrong for other numbers is converted for these', () => {
  const pooled = [conv('c', 2, 3, 3, 1), maxPool, norm('n', 3), act('a'), flat, linear('r', 27, 2)];
  assert.doesNotThrow(() => convert(network(pooled)), 'scales below 1, none of which turns signs');
});

test('refuses a variance below 0, and what only folding makes infinite, by layer', () => {
  const normed = network([conv('c', 2, 3, 3, 1), norm('n', 3), act('a'), flat, linear('r', 108, 2)]);
  const changed = (name: string, value: number): TrainedNetwork => ({
    ...normed,
    weights: new Map(normed.weights).set(name, Float32Array.of(1, value, 1)),
  });
  assert.throws(
    () => convert(changed('n.variance', -1)),
    /^InputError: n: expected variance \+ epsilon > 0, found variance -1 in channel 1; train again$/,
  );
  assert.throws(
    () => convert(changed('n.gamma', 3e38)),
    /^InputError: a: expected finite weights after folding, found -?Infinity at \d+; train again$/,
  );
});

const small = (): TrainedNetwork => network([conv('c', 2, 3, 3, 1), act('a'), flat, linear('r', 108, 2)]);
const broken = (name: string, values: Float32Array<ArrayBuffer> | null): TrainedNetwork => {
  const trained = small();
  const weights = new Map(trained.weights);
  if (values) weights.set(name, values);
  else weights.delete(name);
  return { ...trained, weights };
};

test('refuses weights that are not numbers, missing or of the wrong length, and thresholds that are 0', () => {
  const refuse = (name: string, values: Float32Array<ArrayBuffer> | null, message: RegExp): void =>
    assert.throws(() => convert(broken(name, values)), { name: 'InputError', message });
  refuse('r.bias', Float32Array.of(1, Number.NaN), /^r\.bias: expected finite numbers, found NaN at 1/);
  refuse('r.bias', null, /^r\.bias: expected 2 numbers, found none/);
  refuse('r.bias', new Float32Array(3), /^r\.bias: expected 2 numbers, found 3/);
  refuse('a.theta', Float32Array.of(0), /^a: expected thresholds > 0, found 0 at 0/);
});

test('a negative theta counts by its size', () => {
  assert.equal(convert(broken('a.theta', Float32Array.of(-0.75))).snn.layers[0]!.theta[0], 0.75);
});

test('unknown methods and foreign neurons are wrong usage', () => {
  assert.throws(() => convert(small(), { method: 'qfcs' }), { name: 'UsageError', message: /qcfs/ });
  assert.throws(() => convert(small(), { neuron: 'unipolar' }), {
    name: 'UsageError',
    message: /half, full, tracer/,
  });
});

test('relu methods take thresholds from observed activations', () => {
  const relu = network([
    conv('c', 2, 3, 3, 1),
    { ...act('a'), activation: 'relu' } as Layer,
    flat,
    linear('r', 108, 2),
  ]);
  const seen = Float32Array.from({ length: 1001 }, (_, i) => (i === 500 ? 9 : i / 1000));
  const theta = (method: string): number =>
    convert(relu, { method, calibration: { activations: new Map([['a', seen]]) } }).snn.layers[0]!.theta[0]!;
  assert.equal(theta('relu-max'), 9);
  assert.equal(theta('relu-percentile'), 1);
  assert.throws(() => convert(relu, { method: 'relu-max' }), {
    name: 'InputError',
    message: /^a: expected activations/,
  });
});

test('the report says what was folded and where weights moved', () => {
  const { report } = convert(
    network([
      conv('c', 2, 3, 3, 1),
      norm('n', 3),
      act('a'),
      pool('p', 2),
      { kind: 'dropout', name: 'drop', rate: 0.1 },
      flat,
      linear('r', 27, 2),
    ]),
  );
  assert.deepEqual(
    report.layers.map((layer) => layer.foldedFrom),
    [
      ['c', 'n', 'a'],
      ['p', 'flat', 'r'],
    ],
  );
  assert.deepEqual(
    report.layers.map((layer) => layer.moved.count > 0),
    [true, false],
  );
  assert.deepEqual(report.layers[1]!.synapses, [{ kind: 'linear', from: 'a', pool: 2, weights: 54 }]);
  assert.deepEqual(report.removed, ['drop']);
  assert.match(conversionTable(report), /^layer +shape.*\na +6x6x3.*image.*c n a\nr +1x1x2 +readout +a \/2 /);
});
