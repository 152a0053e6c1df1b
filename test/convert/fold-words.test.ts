/** @file What is folded and what is refused, case by case: the smallest network that is still folded beside the one that is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import type { MapShape, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  activation,
  avgPool,
  batchNorm,
  concat,
  conv2d,
  flatten,
  globalAvgPool,
  type LayerSpec,
  linear,
  maxPool,
  pad,
  residual,
  strelu,
} from '../../src/nn/layers.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { evaluate } from '../support/oracle/trained.ts';

const INPUT: MapShape = [6, 5, 2];

/** Weights of both signs; batch norms that turn no sign and scale by 0 or less than 1, with a shift. */
function networkOf(words: readonly LayerSpec[]): TrainedNetwork {
  const architecture = sequential(...words)(INPUT);
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, role, shape }, k) => [
      name,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
        const wave = Math.sin(1 + 1.7 * i + k);
        if (role === 'theta' || role === 'variance') return 1;
        if (role === 'gamma') return i === 0 ? 0 : 0.5 + wave / 4;
        return wave / 2;
      }),
    ]),
  );
  return { architecture, weights, provenance: {} };
}

const conv = conv2d(3, 3, { padding: 1 });
const end = [flatten(), linear(2)];
/** A layer of neurons, and what is behind it. */
const behind = (...words: readonly LayerSpec[]): LayerSpec[] => [conv, strelu(), ...words, ...end];
/** What stands between the weights and the activation. */
const before = (...words: readonly LayerSpec[]): LayerSpec[] => [conv, ...words, strelu(), ...end];

const FOLDED: Readonly<Record<string, readonly LayerSpec[]>> = {
  'a batch norm that turns no sign behind a max pool': before(maxPool(2), batchNorm()),
  'a batch norm that turns no sign before a max pool': behind(batchNorm(), maxPool(2)),
  'a max pool over another': behind(maxPool(2, { stride: 1 }), maxPool([1, 2])),
  'a max pool over one with a border': behind(maxPool([2, 3], { padding: [1, 0, 1, 1] }), maxPool(2)),
  'a max pool before the activation, and one behind it': [conv, maxPool(2), strelu(), maxPool(2), ...end],
  'a pool of one place over a vector': [conv, strelu(), flatten(), avgPool(1), maxPool(1), linear(2)],
  'zeros of nothing around a vector': [conv, strelu(), flatten(), pad(0), linear(2)],
  'a mean over zeros of its own and of a pad layer': behind(pad([1, 0, 0, 2]), avgPool(2, { padding: 1 })),
  'a mean over the zeros of a pad layer alone, none of its own to leave out': behind(
    pad([1, 0, 0, 2]),
    avgPool(2, { countPadding: false }),
  ),
  'a mean that leaves out its own border': behind(avgPool(2, { padding: [1, 0, 0, 0], countPadding: false })),
  'a mean that would leave out the border, behind a batch norm': behind(
    batchNorm(),
    avgPool(2, { padding: [1, 0, 0, 0], countPadding: false }),
  ),
  'a mean over a mean': behind(avgPool([2, 1]), avgPool([3, 2], { stride: 1 })),
  'a sum with an identity, in the mean of means': behind(
    avgPool(2),
    residual([conv]),
    avgPool([3, 2]),
    strelu(),
  ),
  'a mean with zeros above and on the left over a mean': behind(
    avgPool([2, 1]),
    avgPool(2, { stride: 1, padding: [1, 0, 1, 0] }),
  ),
  'means before the activation, with stride and dilation': [
    conv2d(2, 2, { stride: [2, 1], dilation: [1, 2] }),
    avgPool([2, 1], { stride: 1 }),
    strelu(),
    ...end,
  ],
  'a mean of a sum with an identity': [
    ...[conv, strelu(), residual([conv]), avgPool(2, { stride: 1 }), strelu()],
    ...end,
  ],
  'a sum with an identity in zeros': [conv, strelu(), pad([1, 0, 2, 0]), residual([conv]), strelu(), ...end],
  'a sum with an identity of uneven means': behind(
    avgPool(2, { padding: 1, countPadding: false }),
    residual([conv]),
    strelu(),
  ),
  'uneven means through a convolution': behind(
    avgPool(2, { padding: [1, 0, 0, 1], countPadding: false }),
    pad([1, 2, 0, 1]),
    conv2d(2, 2),
    strelu(),
  ),
  'uneven means on the left and below through a convolution': behind(
    avgPool([2, 3], { stride: 1, padding: [0, 1, 2, 0], countPadding: false }),
    pad([0, 1, 2, 1]),
    conv2d(2, [2, 3], { padding: [1, 0, 0, 2] }),
    strelu(),
  ),
  'thresholds of each channel over a concatenation': [
    concat([conv], [conv2d(2, 1)]),
    strelu({ thetaPer: 'channel' }),
    ...end,
  ],
  'groups that lie within the branches of a concatenation': [
    concat([conv2d(2, 1), strelu()], [conv2d(4, 1), strelu()], [conv2d(2, 3, { padding: 1 }), strelu()]),
    conv2d(8, 2, { groups: 4 }),
    strelu(),
    ...end,
  ],
  'a convolution over a vector, whose middle tap meets it': [
    ...[conv, strelu(), flatten()],
    conv2d(2, [3, 3], { padding: [2, 2, 2, 0], dilation: [2, 1] }),
  ],
  'a mean of one convolution tap with gaps': [
    conv2d(2, 1, { dilation: 2 }),
    avgPool([1, 2]),
    strelu(),
    ...end,
  ],
  'a window as large as the map': behind(avgPool([6, 5])),
};

for (const [name, words] of Object.entries(FOLDED))
  test(`folds ${name}`, () => {
    const network = networkOf(words);
    const image = Float32Array.from({ length: 60 }, (_, i) => Math.sin(3 * i));
    const { logits } = runFolded(convert(network).snn, image);
    const expected = evaluate(network, image);
    logits.forEach((logit, c) => {
      assert.ok(Math.abs(logit - expected[c]!) < 1e-5, `${logit} is not ${expected[c]}`);
    });
  });

const own = { name: 'own-clip', neuron: 'half', forward: () => assert.fail('not run here') };

const REFUSED: Readonly<Record<string, readonly [words: readonly LayerSpec[], message: RegExp]>> = {
  'a max pool with a border over another': [
    behind(maxPool(2), maxPool(2, { padding: [0, 0, 0, 1] })),
    /^pool2: a max pool with a border over another max pool cannot be converted; pool once$/,
  ],
  'a max pool over one that leaves columns out': [
    behind(maxPool([2, 1], { stride: [1, 2] }), maxPool(2)),
    /^pool2: a max pool with a border over another max pool cannot/,
  ],
  'a max pool over one that leaves rows out': [
    behind(maxPool([1, 2], { stride: [2, 1] }), maxPool(2)),
    /^pool2: a max pool with a border over another max pool cannot/,
  ],
  'a max pool over one edge of zeros': [
    behind(pad([0, 0, 0, 1]), maxPool(2)),
    /^pool1: a max pool over the border of a pad layer cannot be converted; give the padding/,
  ],
  'the largest of means that leave out a border': [
    behind(avgPool(1, { padding: 0 }), avgPool(2, { padding: 1, countPadding: false }), maxPool(2)),
    /^pool3: the largest of means cannot be converted; take the mean behind/,
  ],
  'a max pool over a vector': [
    behind(flatten(), maxPool(2, { padding: 1 })),
    /^pool1: a max pool over a vector cannot be converted; pool before the flatten$/,
  ],
  'two max pools before the activation': [
    before(maxPool(2), maxPool(2)),
    /^pool2: a max pool after another max pool or a flatten cannot be converted; put the activation between$/,
  ],
  'a max pool of a flattened current': [
    before(flatten(), maxPool(2, { padding: 1 })),
    /^pool1: a max pool after another max pool or a flatten cannot/,
  ],
  'a max pool before an activation of one’s own': [
    [conv, maxPool(2), activation(own), ...end],
    /^act1: a max pool \(pool1\) before an activation of one's own, which may decrease; put the pool behind it$/,
  ],
  'a mean of the largest currents': [
    before(maxPool(2), avgPool(2)),
    /^pool2: a mean of the largest currents \(pool1\) cannot be folded; put the activation between$/,
  ],
  'a mean with one row of zeros before the activation': [
    before(avgPool(2, { padding: [0, 1, 0, 0] })),
    /^pool1: an average pool with a border before the activation cannot be folded; put it behind/,
  ],
  'a mean of a flattened current': [
    before(flatten(), avgPool(2, { padding: 1 })),
    /^pool1: an average pool over a vector cannot be folded; pool before the flatten$/,
  ],
  'a mean over a vector': [
    behind(flatten(), avgPool(2, { padding: 1 })),
    /^pool1: an average pool over a vector cannot be folded; pool before the flatten$/,
  ],
  'a mean with one row of zeros behind a batch norm': [
    behind(batchNorm(), avgPool(2, { padding: [1, 0, 0, 0] })),
    /^pool1: a batch norm \(norm1\) before zero padding cannot be folded/,
  ],
  'a mean that leaves out its own border and not that of a pad layer': [
    behind(pad([0, 0, 0, 1]), avgPool(2, { padding: [0, 1, 0, 0], countPadding: false })),
    /^pool1: a mean that leaves out its own border and not that of a pad layer cannot be folded; use one/,
  ],
  'a mean of means that leave out the border': [
    behind(avgPool(2, { padding: 1, countPadding: false }), avgPool(2)),
    /^pool2: a mean of means that leave out the border cannot be folded; count the padding$/,
  ],
  ...Object.fromEntries(
    [
      [avgPool([1, 2], { stride: 1 }), avgPool(2)],
      [avgPool([2, 1], { stride: 1 }), avgPool(2)],
      [avgPool(2, { padding: [1, 0, 0, 0] }), avgPool(2)],
      // no window reaches the border that would be left out
      [avgPool(2, { padding: [0, 1, 0, 0], countPadding: false }), avgPool(2)],
      [avgPool(2), avgPool(2, { stride: 1, padding: [0, 1, 0, 0] })],
      [avgPool(2), avgPool(2, { stride: 1, padding: [0, 0, 0, 1] })],
    ].map((pools, i) => [
      `means that overlap or have a border (${i + 1})`,
      [
        behind(...pools),
        /^pool2: a mean over means that overlap or have a border cannot be folded; pool once/,
      ] as const,
    ]),
  ),
  'groups that reach over the branches of a concatenation': [
    [concat([conv, strelu()], [conv2d(1, 1), strelu()]), conv2d(4, 1, { groups: 2 }), strelu(), ...end],
    /^conv3: groups of 2 channels that reach over the parts of a concatenation cannot be converted; use groups/,
  ],
  'a convolution over a vector that meets it between two taps': [
    [conv, strelu(), flatten(), conv2d(2, 3, { padding: [1, 3, 1, 1], dilation: [2, 1] })],
    /^conv2: a convolution after a flatten is converted where it gives one position and has one group/,
  ],
  'thresholds of each place behind a flatten': [
    [concat([conv], [conv]), flatten(), strelu({ thetaPer: 'channel' }), linear(2)],
    /^act1\/1: expected 1 or 6 thresholds of all parts, found 180; put the flatten behind the activation$/,
  ],
  'an identity in the mean of means that overlap': [
    behind(avgPool(2, { stride: 1 }), residual([conv]), avgPool(2), strelu()),
    /^pool2: a mean over means that overlap or have a border cannot be folded; pool once/,
  ],
  'zeros around a vector': [
    behind(flatten(), pad([0, 0, 1, 0])),
    /^pad1: zeros around a vector cannot be converted; pad behind the activation, before the flatten$/,
  ],
  'zeros before the activation': [
    before(pad([0, 0, 1, 0])),
    /^pad1: zeros around a map before its activation cannot be converted/,
  ],
  'zeros behind a batch norm': [
    behind(batchNorm(), pad([0, 0, 0, 1])),
    /^pad1: a batch norm \(norm1\) before zero padding cannot/,
  ],
  'one edge of zeros before a batch norm': [
    behind(pad([0, 0, 0, 1]), batchNorm()),
    /^norm1: a batch norm \(norm1\) before zero padding cannot/,
  ],
  'a max pool right before a sum': [
    [conv, strelu(), residual([conv, maxPool(2)], [maxPool(2)]), strelu(), ...end],
    /^residual1: a max pool \(pool1\) right before a residual sum cannot be converted; put an activation before/,
  ],
  'a vector as a shortcut': [
    [conv, strelu(), flatten(), residual([linear(90)]), strelu(), linear(2)],
    /^residual1: a vector as an identity shortcut cannot be converted; put a weight layer there$/,
  ],
  'two parts as the readout': [
    [conv, strelu(), flatten(), concat([linear(1)], [linear(1)])],
    /^concat1: a concatenation cannot be the readout; end in one weight layer$/,
  ],
};

for (const [name, [words, message]] of Object.entries(REFUSED))
  test(`refuses ${name}`, () => {
    assert.throws(() => convert(networkOf(words)), { name: 'InputError', message });
  });

test('layers are named by their activations, parts by their number, the readout by its weights', () => {
  const names = (...words: readonly LayerSpec[]): string[] =>
    convert(networkOf(words)).snn.layers.map(({ name }) => name);
  assert.deepEqual(names(conv, strelu(), globalAvgPool(), flatten(), linear(2)), ['act1', 'linear1']);
  assert.deepEqual(names(concat([conv], [conv]), strelu(), ...end), ['act1/1', 'act1/2', 'linear1']);
  assert.deepEqual(names(concat([conv2d(2, [6, 5])])), ['concat1']);
  assert.deepEqual(names(conv2d(2, 3), globalAvgPool(), flatten()), ['flatten1']);
  assert.deepEqual(names(conv2d(2, 3), globalAvgPool()), ['conv1']);
  assert.deepEqual(names(conv, strelu(), residual([conv2d(2, 1)], [conv2d(2, 1)]), globalAvgPool()), [
    'act1',
    'residual1',
  ]);
});

test('a flatten is said to be folded where there is something to flatten', () => {
  const folded = (...words: readonly LayerSpec[]): readonly string[] =>
    convert(networkOf(words)).report.layers.at(-1)!.foldedFrom;
  assert.deepEqual(folded(...behind()), ['flatten1', 'linear1']);
  assert.deepEqual(folded(...behind(globalAvgPool())), ['pool1', 'linear1']);
});

test('a mean before the activation makes a kernel as large as it has to be', () => {
  const weights = (...words: readonly LayerSpec[]): number =>
    convert(networkOf([...words, strelu(), ...end])).report.layers[0]!.synapses[0]!.weights;
  // rows (2 - 1) * 2 + (2 - 1) * 1 + 1 = 4; columns (1 - 1) * 1 + (2 - 1) * 2 + 1 = 3, of which every second is a tap
  assert.equal(
    weights(conv2d(3, 2, { stride: [2, 1], dilation: [1, 2] }), avgPool([2, 1], { stride: 1 })),
    4 * 2 * 2 * 3,
  );
  assert.equal(weights(conv2d(3, [1, 2]), avgPool([3, 2])), 3 * 3 * 2 * 3);
});

test('weights that only change their places are not called moved', () => {
  const branches = concat([conv, strelu()], [conv2d(2, 1), strelu()]);
  const { layers } = convert(networkOf([branches, avgPool(2), ...end])).report;
  for (const { name, moved } of layers) assert.deepEqual(moved, { count: 0, largest: 0 }, name);
});

test('what the images of the training were goes along, and nothing where it is not known', () => {
  const network = networkOf(behind());
  const learned = { dataset: 'leaves', classNames: ['a', 'b'] } as unknown as NonNullable<
    TrainedNetwork['learned']
  >;
  assert.equal(convert({ ...network, learned }).snn.learned, learned);
  const { snn } = convert(network);
  assert.ok(!('learned' in snn) && !('dataset' in snn));
});
