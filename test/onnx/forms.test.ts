/** @file The same network in other words: attributes of opset 9 or inputs of opset 22, weights in other number types or files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toFloat16 } from '../../src/format/float16.ts';
import { type ImportOptions, importOnnx } from '../../src/onnx/import-onnx.ts';
import type { OnnxTensor } from '../../src/onnx/wire/messages.ts';
import { type Built, built, ended, node, tensor, tensorOf, value, wholes } from './build.ts';
import { drawn } from './images.ts';
import { logitsOf } from './logits.ts';

/** Eighths, which every number type holds. */
const EIGHTHS = Array.from({ length: 36 }, (_, i) => ((i * 7) % 17) / 8 - 1);
const bytes = (values: ArrayBufferView): Uint8Array<ArrayBufferLike> =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

async function logits(graph: Built, options: ImportOptions = {}): Promise<number[]> {
  const { network } = await importOnnx(built(graph), options);
  return logitsOf(network, drawn(2 * 32, 5));
}

const weights = (w: Partial<OnnxTensor>): OnnxTensor => tensorOf({ name: 'w', dims: [2, 2, 3, 3], ...w });
const conv = (...initializer: readonly OnnxTensor[]): Built =>
  ended([node('Conv', ['image', 'w'], ['a'], { pads: [1, 1, 1, 1] })], 'a', 32, { initializer });
const plain = (): Promise<number[]> => logits(conv(tensor('w', [2, 2, 3, 3], EIGHTHS)));

const STORED: Readonly<Record<string, Partial<OnnxTensor>>> = {
  'a list of floats': { dataType: 1, floatData: Float32Array.from(EIGHTHS) },
  'raw doubles': { dataType: 11, rawData: bytes(Float64Array.from(EIGHTHS)) },
  'a list of doubles': { dataType: 11, doubleData: Float64Array.from(EIGHTHS) },
  'raw half precision': { dataType: 10, rawData: bytes(Uint16Array.from(EIGHTHS, toFloat16)) },
  'a list of half precision': { dataType: 10, int32Data: EIGHTHS.map(toFloat16) },
};
for (const [what, stored] of Object.entries(STORED))
  test(`weights as ${what}`, async () => {
    assert.deepEqual(await logits(conv(weights(stored))), await plain());
  });

test('weights as int8 with a scale for each output', async () => {
  const graph = ended(
    [
      node('DequantizeLinear', ['q', 's', 'z'], ['w'], { axis: 0 }),
      node('Conv', ['image', 'w'], ['a'], { pads: [1, 1, 1, 1] }),
    ],
    'a',
    32,
    {
      initializer: [
        tensorOf({
          name: 'q',
          dims: [2, 2, 3, 3],
          dataType: 3,
          rawData: bytes(Int8Array.from(EIGHTHS, (x, i) => (i < 18 ? 8 : 16) * x + 1)),
        }),
        tensor('s', [2], [1 / 8, 1 / 16]),
        tensorOf({ name: 'z', dims: [2], dataType: 3, int32Data: [1, 1] }),
      ],
    },
  );
  assert.deepEqual(await logits(graph), await plain());
});

test('weights in a file beside, behind an offset', async () => {
  const raw = bytes(Float32Array.from([9, ...EIGHTHS]));
  const entries = { location: 'sub/w.bin', offset: '4', length: '144' };
  const externalData = Object.entries(entries).map(([key, text]) => ({ key, value: text }));
  const asked: string[] = [];
  const readExternal = async (name: string): Promise<Uint8Array<ArrayBufferLike>> => {
    asked.push(name);
    return raw;
  };
  assert.deepEqual(
    await logits(conv(weights({ dataType: 1, dataLocation: 1, externalData })), { readExternal }),
    await plain(),
  );
  assert.deepEqual(asked, ['sub/w.bin']);
});

test('opset 9 and opset 22 say the same', async () => {
  const old = ended(
    [
      node('Pad', ['image'], ['p'], {
        pads: [0, 0, 1, 0, 0, 0, 0, 2],
        mode: 'constant',
        value: { float: 0 },
      }),
      node('Clip', ['p'], ['c'], { min: { float: -0.5 }, max: { float: 0.5 } }),
      node('GlobalAveragePool', ['c'], ['g']),
      node('Squeeze', ['g'], ['s'], { axes: [2, 3] }),
      node('Dropout', ['s'], ['a'], { ratio: { float: 0.25 } }),
    ],
    'a',
    2,
    { opset: 9 },
  );
  const young = ended(
    [
      node('Pad', ['image', 'pads'], ['p']),
      node('Clip', ['p', 'low', 'high'], ['c']),
      node('ReduceMean', ['c', 'axes'], ['g'], { keepdims: 1 }),
      node('Squeeze', ['g', 'axes'], ['s']),
      node('Dropout', ['s', 'ratio'], ['a']),
    ],
    'a',
    2,
    {
      opset: 22,
      initializer: [
        wholes('pads', [0, 0, 1, 0, 0, 0, 0, 2]),
        tensor('low', [], [-0.5]),
        tensor('high', [], [0.5]),
        wholes('axes', [-2, -1]),
        tensor('ratio', [], [0.25]),
      ],
    },
  );
  assert.deepEqual(await logits(old), await logits(young));
});

test('channels last in the file, put first by a transpose', async () => {
  const first = conv(tensor('w', [2, 2, 3, 3], EIGHTHS));
  const last: Built = {
    ...first,
    input: [value('picture', [1, 4, 4, 2])],
    node: [node('Transpose', ['picture'], ['image'], { perm: [0, 3, 1, 2] }), ...first.node],
  };
  assert.deepEqual(await logits(last), await plain());
});

test('MatMul and Add are one linear layer with a bias; Gemm has its factors', async () => {
  const [w, b] = [
    tensor(
      'w',
      [32, 3],
      Array.from({ length: 96 }, (_, i) => EIGHTHS[i % 36]!),
    ),
    tensor('b', [3], [1, 2, 3]),
  ];
  const split = {
    node: [
      node('Flatten', ['image'], ['f']),
      node('MatMul', ['f', 'w'], ['m']),
      node('Add', ['b', 'm'], ['logits']),
    ],
    initializer: [w, b],
  };
  const gemm = {
    node: [
      node('Flatten', ['image'], ['f']),
      node('Gemm', ['f', 'half', 'double'], ['logits'], { alpha: { float: 2 }, beta: { float: 0.5 } }),
    ],
    initializer: [
      tensor(
        'half',
        [32, 3],
        Array.from({ length: 96 }, (_, i) => EIGHTHS[i % 36]! / 2),
      ),
      tensor('double', [3], [2, 4, 6]),
    ],
  };
  const { network } = await importOnnx(built(split));
  assert.deepEqual(
    network.architecture.layers.map(({ kind }) => kind),
    ['flatten', 'linear'],
  );
  assert.deepEqual(await logits(split), await logits(gemm));
});

test('a mean that rounds up: a border that counts is one layer, what rounding adds never counts', async () => {
  const pool = (attributes: Readonly<Record<string, number | readonly number[]>>): Built =>
    ended(
      [
        node('AveragePool', ['image'], ['a'], {
          kernel_shape: [3, 3],
          strides: [2, 2],
          ceil_mode: 1,
          pads: [1, 1, 1, 1],
          ...attributes,
        }),
      ],
      'a',
      18,
    );
  const [without, within] = [pool({}), pool({ count_include_pad: 1 })];
  const layersOf = async (graph: Built) => (await importOnnx(built(graph))).network.architecture.layers;
  const [mean] = await layersOf(without);
  assert.ok(mean?.kind === 'avgPool' && !mean.countPadding);
  assert.deepEqual(mean.padding, [1, 2, 1, 2]);
  const [border, second] = await layersOf(within);
  assert.ok(border?.kind === 'pad' && second?.kind === 'avgPool' && !second.countPadding);
  assert.deepEqual(
    [border.padding, second.padding],
    [
      [1, 1, 1, 1],
      [0, 1, 0, 1],
    ],
  );
});
