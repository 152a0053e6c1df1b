/**
 * @file What is refused: each in one line with the file, the place, the reason and a remedy.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../src/errors.ts';
import { type ImportOptions, importOnnx } from '../../src/onnx/import-onnx.ts';
import { type Built, built, ended, node, some, tensor, tensorOf, value, wholes } from './build.ts';

interface Refused {
  readonly what: string;
  readonly bytes: Uint8Array<ArrayBuffer> | Built;
  /** The place and the reason. */
  readonly says: RegExp;
  /** What to do. */
  readonly remedy: RegExp;
  readonly options?: ImportOptions;
}

const WEIGHT = tensor('w', [2, 2, 3, 3], some(36));
const relu = ended([node('Relu', ['image'], ['a'])], 'a', 32);
/** One node between the image and the end. */
const one = (
  operator: string,
  attributes = {},
  inputs: readonly string[] = ['image'],
  rest: Partial<Built> = {},
): Built => ended([node(operator, inputs, ['a'], attributes)], 'a', 32, rest);
const whole = built(relu);
const external = (location: string, more: readonly { key: string; value: string }[] = []): Built =>
  one('Conv', { pads: [1, 1, 1, 1] }, ['image', 'w'], {
    initializer: [
      tensorOf({
        name: 'w',
        dims: [2, 2, 3, 3],
        dataType: 1,
        dataLocation: 1,
        externalData: [{ key: 'location', value: location }, ...more],
      }),
    ],
  });

const CASES: readonly Refused[] = [
  { what: 'an empty file', bytes: new Uint8Array(0), says: /no graph/, remedy: /export it again/ },
  {
    what: 'a text',
    bytes: new TextEncoder().encode('{"layers": []}'),
    says: /found none that can be read/,
    remedy: /export it again/,
  },
  {
    what: 'a file cut short',
    bytes: whole.slice(0, whole.length - 40),
    says: /byte \d+ of \d+/,
    remedy: /copy or export it again/,
  },
  {
    what: 'an operator that nobody knows',
    bytes: one('Wobble'),
    says: /the_Wobble \(Wobble, 1 of 3\): operator Wobble/,
    remedy: /convolutions/,
  },
  {
    what: 'several unknown operators',
    bytes: ended([node('Sigmoid', ['image'], ['s']), node('Tanh', ['s'], ['a'])], 'a', 32),
    says: /Sigmoid cannot be converted, nor can Tanh/,
    remedy: /Hardsigmoid/,
  },
  {
    what: 'an operator of another domain',
    bytes: ended([{ ...node('Relu', ['image'], ['a']), domain: 'com.example' }], 'a', 32),
    says: /com.example.Relu/,
    remedy: /build the network/,
  },
  {
    what: 'a softmax at the end',
    bytes: {
      ...relu,
      node: [
        ...relu.node.slice(0, -1),
        node('Gemm', ['flat', 'last'], ['z']),
        node('Softmax', ['z'], ['logits']),
      ],
    },
    says: /Softmax cannot be converted/,
    remedy: /export the network without it/,
  },
  { what: 'control flow', bytes: one('If'), says: /operator If/, remedy: /export by tracing/ },
  { what: 'a recurrent layer', bytes: one('LSTM'), says: /operator LSTM/, remedy: /unroll/ },
  {
    what: 'an opset too old',
    bytes: { ...relu, opset: 8 },
    says: /opset 8, expected 9 to 22/,
    remedy: /opset_version=13/,
  },
  {
    what: 'an opset too new',
    bytes: { ...relu, opset: 23 },
    says: /opset 23, expected 9 to 22/,
    remedy: /opset_version=13/,
  },
  {
    what: 'no opset',
    bytes: { ...relu, model: { opsetImport: [] } },
    says: /no version of its operators/,
    remedy: /opset 13/,
  },
  {
    what: 'two inputs',
    bytes: { ...relu, input: [value('image', [1, 2, 4, 4]), value('mask', [1, 2])] },
    says: /one input, found 2 \(image, mask\)/,
    remedy: /images alone/,
  },
  {
    what: 'two outputs',
    bytes: { ...relu, output: [value('logits', [1, 3]), value('a', [1, 2])] },
    says: /one output, found 2/,
    remedy: /logits alone/,
  },
  {
    what: 'open sizes',
    bytes: { ...relu, input: [value('image', ['batch', 2, 'height', 'width'])] },
    says: /open sizes \[batch, 2, height, width\]/,
    remedy: /say which by input, height x width/,
  },
  {
    what: 'images of other sizes than said',
    bytes: relu,
    says: /4x4x2, you say 8x8x2/,
    remedy: /leave input out/,
    options: { input: [8, 8, 2] },
  },
  {
    what: 'videos',
    bytes: { ...relu, input: [value('image', [1, 2, 3, 4, 4])] },
    says: /5 axes/,
    remedy: /images/,
  },
  {
    what: 'images of whole numbers',
    bytes: { ...relu, input: [value('image', [1, 2, 4, 4], 7)] },
    says: /type 7/,
    remedy: /float/,
  },
  {
    what: 'a claim of huge images',
    bytes: { ...relu, input: [value('image', [1, 2, 2 ** 30, 2 ** 30])] },
    says: /too large/,
    remedy: /smaller images/,
  },
  {
    what: 'a claim of 2 GB',
    bytes: one('Conv', {}, ['image', 'w'], {
      initializer: [
        tensorOf({ name: 'w', dims: [2 ** 15, 2 ** 14], dataType: 1, rawData: new Uint8Array(4) }),
      ],
    }),
    says: /initialiser w: float of shape \[32768, 16384\] takes 2147483648 bytes, found 4/,
    remedy: /copy or export/,
  },
  {
    what: 'a constant made of nothing',
    bytes: ended(
      [
        node('Constant', [], ['n'], { value: wholes('', [2 ** 28]) }),
        node('ConstantOfShape', ['n'], ['c']),
        node('Add', ['image', 'c'], ['a']),
      ],
      'a',
      32,
    ),
    says: /ConstantOfShape.*a constant of 268435456 values/,
    remedy: /initialiser/,
  },
  {
    what: 'weights of another layer',
    bytes: one('Conv', {}, ['image', 'w'], { initializer: [tensor('w', [2, 5, 3, 3], some(90))] }),
    says: /weights of \[2, 2, 3, 3\], found \[2, 5, 3, 3\]/,
    remedy: /do not belong/,
  },
  {
    what: 'a missing initialiser',
    bytes: one('Conv', {}, ['image', 'w']),
    says: /the_Conv .*value w is made by no node and no initialiser/,
    remedy: /export it again/,
  },
  {
    what: 'two initialisers of one name',
    bytes: one('Conv', { pads: [1, 1, 1, 1] }, ['image', 'w'], { initializer: [WEIGHT, WEIGHT] }),
    says: /initialiser w: the name occurs twice/,
    remedy: /export/,
  },
  {
    what: 'a value that is made twice',
    bytes: ended([node('Relu', ['image'], ['a']), node('Neg', ['image'], ['a'])], 'a', 32),
    says: /value a is made twice/,
    remedy: /name of its own/,
  },
  {
    what: 'a cycle',
    bytes: ended([node('Add', ['image', 'b'], ['a']), node('Relu', ['a'], ['b'])], 'a', 32),
    says: /depends on itself/,
    remedy: /unroll/,
  },
  {
    what: 'weights outside the folder',
    bytes: external('../../secrets.bin'),
    says: /initialiser w lies in "..\/..\/secrets.bin"/,
    remedy: /move the file there/,
  },
  {
    what: 'weights at an absolute path',
    bytes: external('/etc/passwd'),
    says: /lies in "\/etc\/passwd"/,
    remedy: /move the file there/,
  },
  {
    what: 'weights elsewhere, and no way to read them',
    bytes: external('w.bin'),
    says: /lies in the file w.bin/,
    remedy: /pass readExternal/,
  },
  {
    what: 'a part behind the end of a file of weights',
    bytes: external('w.bin', [
      { key: 'offset', value: '100' },
      { key: 'length', value: '144' },
    ]),
    says: /w in w.bin: expected bytes 100 to 244 of a file of 150/,
    remedy: /copy the file/,
    options: { readExternal: async () => new Uint8Array(150) },
  },
  {
    what: 'complex numbers',
    bytes: one('Conv', {}, ['image', 'w'], {
      initializer: [tensorOf({ name: 'w', dims: [1], dataType: 14, rawData: new Uint8Array(8) })],
    }),
    says: /found type 14/,
    remedy: /float weights/,
  },
  {
    what: 'weights that depend on the image',
    bytes: one('MatMul', {}, ['image', 'image']),
    says: /expected a vector/,
    remedy: /nn.Flatten/,
  },
  {
    what: 'a leaky ReLU without bound',
    bytes: one('LeakyRelu', { alpha: { float: 0.1 } }),
    says: /the_LeakyRelu.*without bound/,
    remedy: /Hardtanh/,
  },
  {
    what: 'a PReLU with slopes',
    bytes: one('PRelu', {}, ['image', 's'], { initializer: [tensor('s', [2, 1, 1], [0.1, 0.2])] }),
    says: /a slope of its own for each channel/,
    remedy: /PReLU\(1\)/,
  },
  {
    what: 'a clip on one side',
    bytes: one('Clip', {}, ['image', 'm'], { initializer: [tensor('m', [], [-1])] }),
    says: /without bound on one side/,
    remedy: /Hardtanh/,
  },
  {
    what: 'a gate',
    bytes: ended([node('Relu', ['image'], ['r']), node('Mul', ['image', 'r'], ['a'])], 'a', 32),
    says: /product of two maps/,
    remedy: /Add/,
  },
  {
    what: 'a border that reflects',
    bytes: one('Pad', { mode: 'reflect' }, ['image', 'p'], {
      initializer: [wholes('p', [0, 0, 1, 1, 0, 0, 1, 1])],
    }),
    says: /mode reflect/,
    remedy: /one finite number/,
  },
  {
    what: 'a pool with dilation',
    bytes: one('MaxPool', { kernel_shape: [2, 2], dilations: [2, 2] }),
    says: /dilation 2x2/,
    remedy: /without dilation/,
  },
  {
    what: 'the places of maxima',
    bytes: ended(
      [
        node('MaxPool', ['image'], ['m', 'i'], { kernel_shape: [2, 2] }),
        node('Shape', ['i'], ['n']),
        node('Reshape', ['m', 'n'], ['a']),
      ],
      'a',
      8,
    ),
    says: /places of the maxima/,
    remedy: /MaxUnpool/,
  },
  {
    what: 'a reshape that deals values out anew',
    bytes: ended([node('Reshape', ['image', 'n'], ['a'])], 'a', 32, {
      initializer: [wholes('n', [1, 8, 2, 2])],
    }),
    says: /splits an axis/,
    remedy: /flatten/,
  },
  {
    what: 'a signal',
    bytes: one('Conv', {}, ['image', 'w'], { initializer: [tensor('w', [2, 2, 3], some(12))] }),
    says: /two sizes of the kernel/,
    remedy: /maps of one row/,
  },
  {
    what: 'batch norm in training',
    bytes: one('BatchNormalization', { training_mode: 1 }, ['image', 's', 's', 's', 's'], {
      initializer: [tensor('s', [2], [1, 1])],
    }),
    says: /training mode/,
    remedy: /model.eval/,
  },
  {
    what: 'branches that cross',
    bytes: ended(
      [
        node('Relu', ['image'], ['p']),
        node('Relu', ['p'], ['q']),
        node('MaxPool', ['q'], ['q2'], { kernel_shape: [1, 1] }),
        node('Add', ['p', 'q2'], ['r']),
        node('Add', ['r', 'q2'], ['a']),
      ],
      'a',
      32,
    ),
    says: /two branches that meet in different places/,
    remedy: /residual blocks/,
  },
  {
    what: 'a map added to itself',
    bytes: ended([node('Add', ['image', 'image'], ['a'])], 'a', 32),
    says: /added to itself/,
    remedy: /scale its weights/,
  },
  {
    what: 'a grid that does not end on a level',
    bytes: ended(
      [
        node('Clip', ['image', 'l', 'u'], ['c']),
        node('QuantizeLinear', ['c', 's', 'z'], ['q']),
        node('DequantizeLinear', ['q', 's', 'z'], ['a']),
      ],
      'a',
      32,
      {
        initializer: [
          tensor('l', [], [-1]),
          tensor('u', [], [1]),
          tensor('s', [], [0.3]),
          tensorOf({ name: 'z', dims: [], dataType: 3, int32Data: [0] }),
        ],
      },
    ),
    says: /does not end on a level/,
    remedy: /scale t \/ N/,
  },
  {
    what: 'a map instead of classes',
    bytes: { node: [node('Relu', ['image'], ['logits'])] },
    says: /output logits is \[batch, 2, 4, 4\]/,
    remedy: /linear layer/,
  },
  {
    what: 'an output without image',
    bytes: { node: [node('Constant', [], ['logits'], { value: tensor('', [1, 3], [1, 2, 3]) })] },
    says: /does not depend on the image/,
    remedy: /export/,
  },
  {
    what: 'weights that are not finite',
    bytes: ended([], 'image', 32, { initializer: [] }),
    says: /expected finite numbers in linear1.weight, found NaN/,
    remedy: /train/,
  },
  {
    what: 'a wrong mean',
    bytes: relu,
    says: /a mean of 1 or 2 numbers, found 0.1, 0.2, 0.3/,
    remedy: /one for each channel/,
    options: { normalisation: { mean: [0.1, 0.2, 0.3], deviation: [1] } },
  },
];

test('at least thirty kinds', () => assert.ok(CASES.length >= 30, `${CASES.length}`));

for (const { what, bytes, says, remedy, options } of CASES)
  test(`refused: ${what}`, async () => {
    let file = bytes instanceof Uint8Array ? bytes : built(bytes);
    if (what === 'weights that are not finite')
      file = built({
        ...(bytes as Built),
        initializer: [tensor('last', [32, 3], Array(96).fill(Number.NaN))],
      });
    await assert.rejects(importOnnx(file, { source: 'net.onnx', ...options }), (error: Error) => {
      assert.ok(error instanceof InputError, error.stack);
      assert.match(error.message, /^net\.onnx: /);
      assert.match(error.message, says);
      assert.match(error.message.slice(error.message.indexOf('; ')), remedy);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  });
