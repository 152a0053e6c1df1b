/** @file Borders that are not 0: what they give to the neurons near them, where nothing but a convolution may read them, and rest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { withBorderCurrents } from '../../src/convert/border-currents.ts';
import { convert } from '../../src/convert/convert.ts';
import type { Summand } from '../../src/convert/layer-output.ts';
import type { Layer, TrainedNetwork } from '../../src/nn/architecture.ts';
import {
  avgPool,
  batchNorm,
  conv2d,
  flatten,
  type LayerSpec,
  linear,
  maxPool,
  pad,
  residual,
  strelu,
} from '../../src/nn/layers.ts';
import { CONV_BORDERS } from '../../src/nn/models/build.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { runFolded } from '../../src/proof/networks/run-folded.ts';
import { Random } from '../../src/random/random.ts';
import { evaluate } from '../support/oracle/trained.ts';

test('each tap beside the map gives value * weight, whatever kernel, stride and dilation', () => {
  const side = fc.integer({ min: 1, max: 4 });
  const cases = fc.record({
    map: fc.tuple(side, side),
    kernel: fc.tuple(side, side),
    stride: fc.tuple(side, side),
    dilation: fc.tuple(side, side),
    padding: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4), fc.nat(4)),
    value: fc.integer({ min: -4, max: 4 }).filter((v) => v !== 0),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(cases, ({ map, kernel, stride, dilation, padding, value, seed }) => {
      const [ins, outs] = [2, 3];
      const random = Random.seeded(seed);
      const out = [0, 1].map(
        (a) =>
          Math.floor(
            (map[a]! + padding[2 * a]! + padding[2 * a + 1]! - (kernel[a]! - 1) * dilation[a]! - 1) /
              stride[a]!,
          ) + 1,
      );
      fc.pre(out.every((length) => length >= 1));
      const weight = Float64Array.from(
        { length: kernel[0] * kernel[1] * ins * outs },
        () => random.integer(9) - 4,
      );
      const filled = { value, map: [map[0], map[1], ins] as const };
      const summand = { kernel, stride, dilation, padding, weight, filled } as unknown as Summand;
      const shape = [out[0]!, out[1]!, outs] as const;
      const found = withBorderCurrents(shape, Float64Array.of(1, 2, 3), [summand]);
      // the definition: a map of zeros, the value around it, through the convolution
      const expected: number[] = [];
      for (let y = 0; y < out[0]!; y++)
        for (let x = 0; x < out[1]!; x++)
          for (let o = 0; o < outs; o++) {
            let sum = 1 + o;
            for (let ky = 0; ky < kernel[0]; ky++)
              for (let kx = 0; kx < kernel[1]; kx++)
                for (let i = 0; i < ins; i++) {
                  const [row, column] = [
                    y * stride[0] + ky * dilation[0] - padding[0],
                    x * stride[1] + kx * dilation[1] - padding[2],
                  ];
                  const onMap = row >= 0 && column >= 0 && row < map[0] && column < map[1];
                  if (!onMap) sum += value * weight[((ky * kernel[1] + kx) * ins + i) * outs + o]!;
                }
            expected.push(sum);
          }
      assert.deepEqual(Array.from(found), expected);
    }),
  );
});

test('where no border has a value, biases are those of the channels', () => {
  const bias = Float64Array.of(1, 2);
  assert.equal(withBorderCurrents([3, 3, 2], bias, [{} as Summand]), bias);
});

/** With the value 1 for every parameter. */
function trained(...middle: readonly LayerSpec[]): TrainedNetwork {
  const words = [conv2d(2, 3, { padding: 1 }), strelu(), ...middle, flatten(), linear(2)];
  const architecture = sequential(...words)([6, 6, 1], 'bordered');
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, shape }) => [
      name,
      new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1),
    ]),
  );
  return { architecture, weights, provenance: {} };
}

test('only a convolution sees a value on a border; what else reads one is refused by name', () => {
  const conv = [conv2d(2, 3), strelu()];
  const cases: readonly (readonly [readonly LayerSpec[], RegExp])[] = [
    [[pad(1, -1)], /flatten1: a border of -1 before a flatten/],
    [[pad(1, -1), avgPool(2), ...conv], /pool1: a border of -1 before a mean/],
    [[pad(1, -1), maxPool(2), ...conv], /pool1: a max pool over the border/],
    [
      [pad(1, -1), conv2d(2, 3, { padding: 1 }), strelu()],
      /conv2: a border of -1 before a convolution with zeros/,
    ],
    [[pad(1, -1), pad(1, 0.5), ...conv], /pad2: a border of 0.5 around one of -1/],
    [[pad(1), pad(1, 0.5), ...conv], /pad2: a border of 0.5 around one of 0/],
    [[batchNorm(), pad(1, -1), ...conv], /pad1: a border of -1 behind a batch norm|before zero padding/],
  ];
  for (const [middle, message] of cases) assert.throws(() => convert(trained(...middle)), message);
  for (const middle of [
    [pad(1, -1), ...conv],
    [pad(1, -1), pad(1, -1), ...conv],
    [pad(0, -1), avgPool(2)],
  ])
    convert(trained(...middle));
});

test('an identity shortcut sees a border too: the sum is the trained one', () => {
  const border = [pad([1, 0, 2, 1], -1), residual([conv2d(2, 1)], []), strelu()];
  const { architecture, ...network } = trained(...border);
  const random = Random.seeded(3);
  const weights = new Map(
    [...network.weights].map(([name, values]) => [
      name,
      name.endsWith('theta') ? values : values.map(() => (random.integer(9) - 4) / 4),
    ]),
  );
  const image = Float32Array.from({ length: 36 }, () => (random.integer(9) - 4) / 4);
  const bordered = { ...network, weights, architecture };
  const { logits } = runFolded(convert(bordered).snn, image);
  assert.deepEqual(Array.from(logits), evaluate(bordered, image));
});

test('a border at rest is silence in rest coding: its biases are those of channels, where zeros make them differ', () => {
  for (const border of CONV_BORDERS) {
    const architecture = MODELS['cifar-fast']([20, 20, 3], 10, {
      ...{ activation: 'strelu', width: 0.05, border },
    });
    const random = Random.seeded(1);
    // dyadic numbers: no sum is rounded
    const weights = new Map(
      parameterSpecs(architecture.layers).map(({ name, role, shape }) => {
        const draw = (): number =>
          role === 'weight' ? (random.integer(9) - 4) / 8 : role === 'beta' || role === 'mean' ? 0 : 1;
        return [name, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw)] as const;
      }),
    );
    const layers = architecture.layers.map(
      (layer): Layer => (layer.kind === 'batchNorm' ? { ...layer, epsilon: 0 } : layer),
    );
    const network = { architecture: { ...architecture, layers }, weights, provenance: {} };
    const { snn } = convert(network, { neuron: 'rest' });
    const inner = snn.layers.slice(1, -1);
    const differ = inner.filter(({ bias, shape }) => bias.length > shape[2]).length;
    assert.equal(differ, border === 'rest' ? 0 : inner.length, border);
    const plain = convert(network, { neuron: 'half' }).snn.layers.slice(1, -1);
    assert.equal(
      plain.filter(({ bias, shape }) => bias.length > shape[2]).length,
      border === 'rest' ? inner.length : 0,
    );
  }
});
