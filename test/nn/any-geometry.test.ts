/** @file Layers of any geometry: what they compute, how large it is, what it costs, and what a file keeps of it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { decodeModel, encodeModel } from '../../src/format/model-format.ts';
import { parseNetwork } from '../../src/format/network-json.ts';
import { decodeSafetensors } from '../../src/format/safetensors.ts';
import { type Architecture, type Conv2dLayer, mapSize } from '../../src/nn/architecture.ts';
import { foldModel } from '../../src/nn/fold.ts';
import { forward } from '../../src/nn/forward.ts';
import { avgPool, concat, conv2d, flatten, linear, maxPool, pad, strelu } from '../../src/nn/layers.ts';
import { disposeModel, type Model } from '../../src/nn/model.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { sequential } from '../../src/nn/sequential.ts';
import { summarise } from '../../src/nn/summary.ts';
import { loadWeights } from '../../src/nn/trained-network.ts';
import { createRuntime } from '../../src/runtime.ts';
import { Tape } from '../../src/tensor/tape.ts';
import { evaluate } from '../support/oracle/trained.ts';
import { architectureCases } from '../support/random-architecture.ts';

const runtimes = (['simd', 'reference'] as const).map((kernels) => createRuntime({ kernels, workers: 1 }));
after(() => {
  for (const runtime of runtimes) runtime.close();
});

test('forward, folded too, computes what the definition of each layer says, by both sets of kernels', () => {
  fc.assert(
    fc.property(architectureCases({ wide: true }), ({ network, images, count }) => {
      const { input, classes } = network.architecture;
      const pixels = mapSize(input);
      const expected = Array.from({ length: count }, (_, i) =>
        evaluate(network, images.subarray(i * pixels, (i + 1) * pixels)),
      ).flat();
      for (const runtime of runtimes) {
        const model = loadWeights(runtime.heap, network);
        const folded = foldModel(runtime.heap, model);
        const tape = Tape.on(runtime, { recording: false });
        const run = (one: Model): Float32Array => {
          const x = tape.tensor([count, ...input]);
          x.data.set(images);
          const y = forward(tape, one, x);
          assert.deepEqual(y.shape, [count, classes]);
          return Float32Array.from(y.data);
        };
        for (const one of [model, folded])
          run(one).forEach((logit, i) => {
            const size = Math.max(1, ...expected.map(Math.abs));
            assert.ok(Math.abs(logit - expected[i]!) <= 1e-4 * size, `${logit} is not ${expected[i]}`);
          });
        tape.close();
        disposeModel(runtime.heap, folded);
        disposeModel(runtime.heap, model);
      }
    }),
    { numRuns: 80 },
  );
});

test('a file keeps every layer, and its summary', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network }) => {
      const read = decodeModel(encodeModel(network), 'net');
      assert.deepEqual(read.architecture, network.architecture);
      assert.deepEqual(encodeModel(read), encodeModel(network));
      assert.deepEqual(summarise(read.architecture), summarise(network.architecture));
    }),
    { numRuns: 100 },
  );
});

/** Multiply-accumulates by looking at every tap. */
function macsOf(layer: Conv2dLayer, [height, width]: readonly number[]): number {
  const { kernel, stride, padding, dilation, groups, inChannels, outChannels } = layer;
  let taps = 0;
  const reach = [dilation[0] * (kernel[0] - 1), dilation[1] * (kernel[1] - 1)] as const;
  for (let y = -padding[0]; y + reach[0] < height! + padding[1]; y += stride[0])
    for (let x = -padding[2]; x + reach[1] < width! + padding[3]; x += stride[1])
      for (let ky = 0; ky < kernel[0]; ky++)
        for (let kx = 0; kx < kernel[1]; kx++) {
          const [row, column] = [y + ky * dilation[0], x + kx * dilation[1]];
          if (row >= 0 && row < height! && column >= 0 && column < width!) taps++;
        }
  return (taps * inChannels * outChannels) / groups;
}

test('multiply-accumulates are counted border-exact, gaps and other groups left out', () => {
  fc.assert(
    fc.property(architectureCases(), ({ network: { architecture } }) => {
      const first = architecture.layers[0]!;
      if (first.kind !== 'conv2d') return;
      assert.equal(summarise(architecture)[0]!.macs, macsOf(first, architecture.input));
    }),
    { numRuns: 100 },
  );
});

const textOf = (architecture: Architecture): string => {
  const weights = new Map(
    parameterSpecs(architecture.layers).map(({ name, shape }) => [
      name,
      new Float32Array(shape.reduce((a, b) => a * b, 1)),
    ]),
  );
  const bytes = encodeModel({ architecture, weights, provenance: {} });
  return decodeSafetensors(bytes, 'net').metadata.architecture!;
};

test('a file says no more than it must: plain layers as ever, the others in new fields', () => {
  const plain = sequential(conv2d(2, 3, { padding: 1 }), avgPool(2), flatten(), linear(2));
  assert.equal(
    textOf(plain([4, 4, 1])),
    '{"name":"sequential","input":[4,4,1],"classes":2,"layers":[' +
      '{"kind":"conv2d","name":"conv1","inChannels":1,"outChannels":2,"kernel":3,"stride":1,"padding":1,"bias":true},' +
      '{"kind":"avgPool","name":"pool1","size":2},' +
      '{"kind":"flatten","name":"flatten1"},{"kind":"linear","name":"linear1","inputs":8,"outputs":2,"bias":true}]}',
  );
  const general = sequential(
    conv2d(2, [3, 1], { stride: [1, 2], padding: [1, 1, 0, 0], dilation: 2, groups: 2, bias: false }),
    avgPool(2, { stride: 1, padding: 1, countPadding: false }),
    maxPool(2, { padding: [0, 1, 0, 1] }),
    pad(1),
    concat([], [conv2d(1, 1, { bias: false })]),
    flatten(),
    linear(2),
  );
  const text = textOf(general([6, 6, 2]));
  for (const part of [
    '"kernel":[3,1],"stride":[1,2],"padding":[1,1,0,0],"dilation":2,"groups":2,"bias":false}',
    '"size":2,"stride":1,"padding":1,"countPadding":false}',
    '{"kind":"maxPool","name":"pool2","size":2,"padding":[0,1,0,1]}',
    '{"kind":"pad","name":"pad1","padding":1}',
    '{"kind":"concat","name":"concat1","branches":[[],[{"kind":"conv2d"',
  ])
    assert.ok(text.includes(part), `${part} in ${text}`);
});

test('fields that are unknown, or of another kind of layer, are refused by name', () => {
  const words = (layer: object): object => ({
    name: 'net',
    layers: [layer, { kind: 'flatten' }, { kind: 'linear', outputs: 2 }],
  });
  for (const [layer, message] of [
    [{ kind: 'maxPool', size: 2, countPadding: true }, /unknown field "countPadding"/],
    [
      { kind: 'conv2d', outChannels: 2, kernel: [3, 3, 3] },
      /kernel should be a whole number from 1 on, or \[vertical/,
    ],
    [
      { kind: 'conv2d', outChannels: 2, kernel: 3, padding: [1, 1] },
      /padding should be .*\[top, bottom, left, right\]/,
    ],
    [
      { kind: 'conv2d', outChannels: 3, kernel: 1, groups: 2 },
      /conv1 expects groups that divide its channels/,
    ],
    [{ kind: 'concat', branches: [] }, /concat1 has no branches/],
    [{ kind: 'concat', branches: [[], [{ kind: 'avgPool', size: 2 }]] }, /concat1 puts 2x2x2 beside 4x4x2/],
    [
      { kind: 'concat', branches: [[], [{ kind: 'avgPool', size: [2, 1] }]] },
      /concat1 puts 2x4x2 beside 4x4x2/,
    ],
    [
      { kind: 'concat', branches: [[], [{ kind: 'avgPool', size: [1, 2] }]] },
      /concat1 puts 4x2x2 beside 4x4x2/,
    ],
    [{ kind: 'maxPool', size: 2, padding: 2 }, /pool1 expects less padding than its window of 2x2/],
  ] as const)
    assert.throws(() => parseNetwork(words(layer), 'net.json').network([4, 4, 2]), {
      name: 'InputError',
      message,
    });
});

test('a residual network of a wide or a high map: its mean keeps whole windows', () => {
  for (const [height, width] of [
    [16, 24],
    [24, 16],
    [16, 40],
  ] as const) {
    const architecture = MODELS.resnet([height, width, 1], 10, { activation: 'strelu', width: 0.1 });
    assert.deepEqual(summarise(architecture).at(-1)!.output, [1, 1, 10], `${height}x${width}`);
  }
});

test('the built-in models at odd sizes: shapes as the layers compute them, or the smallest size that works', () => {
  for (const model of ['lenet', 'cnn', 'resnet', 'vgg8'] as const)
    for (const side of [30, 29, 33, 32, 28]) {
      const architecture = MODELS[model]([side, side, 1], 10, { activation: 'strelu', width: 0.1 });
      assert.deepEqual(summarise(architecture).at(-1)!.output, [1, 1, 10], `${model} at ${side}`);
    }
  const small = (model: 'lenet' | 'cnn' | 'resnet', side: number) => (): Architecture =>
    MODELS[model]([side, side, 1], 10, { activation: 'strelu', width: 0.1 });
  assert.throws(small('lenet', 8), {
    message: /lenet: layer .* the smallest square images that fit are 12x12/,
  });
  assert.throws(small('cnn', 3), { message: /cnn: layer .* the smallest square images that fit are 4x4/ });
  for (const side of [1, 2, 3, 8])
    assert.deepEqual(summarise(small('resnet', side)()).at(-1)!.output, [1, 1, 10]);
  assert.throws(() => sequential(conv2d(1, [5, 3]), strelu(), avgPool(2), flatten(), linear(2))([5, 9, 1]), {
    message:
      /pool1 leaves nothing of 1x7x1, it needs at least 2x2; .*the smallest square images that fit are 6x6/,
  });
});
