/** @file State dicts that do not belong to a description are refused in one line that names both sides. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from '../../../src/errors.ts';
import { encodeSafetensors, type StoredTensor } from '../../../src/format/safetensors.ts';
import { exportStateDict } from '../../../src/format/state-dict/export-state-dict.ts';
import { importStateDict, type StateDictOptions } from '../../../src/format/state-dict/import-state-dict.ts';
import { batchNorm, conv2d, custom, flatten, linear, relu, sequential, strelu } from '../../../src/index.ts';

const floats = (...shape: number[]): StoredTensor => ({
  dtype: 'F32',
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5),
});
const numbers = (...values: number[]): StoredTensor => ({
  dtype: 'F32',
  shape: [values.length],
  data: Float32Array.from(values),
});
const net = sequential(conv2d(4, 3), batchNorm(), strelu(), flatten(), linear(3))([5, 4, 2], 'net');
const WHOLE: Readonly<Record<string, StoredTensor>> = {
  'features.0.weight': floats(4, 2, 3, 3),
  'features.0.bias': floats(4),
  'features.1.weight': floats(4),
  'features.1.bias': floats(4),
  'features.1.running_mean': floats(4),
  'features.1.running_var': floats(4),
  'features.1.num_batches_tracked': { dtype: 'I64', shape: [], data: BigInt64Array.of(3n) },
  'head.weight': floats(3, 24),
  'head.bias': floats(3),
};
const read = (
  tensors: Readonly<Record<string, StoredTensor | undefined>>,
  options: StateDictOptions = { theta: 1 },
): unknown => {
  const given = Object.entries(tensors).filter((one): one is [string, StoredTensor] => one[1] !== undefined);
  return importStateDict(
    encodeSafetensors({ tensors: new Map(given), metadata: {} }),
    net,
    'w.safetensors',
    options,
  );
};

test('the whole file is read', () => {
  read(WHOLE);
  read(WHOLE, { theta: { act1: 2 }, names: { linear1: 'head' } });
});

const CASES: readonly (readonly [
  string,
  Readonly<Record<string, StoredTensor | undefined>>,
  StateDictOptions | undefined,
  RegExp,
])[] = [
  [
    'no threshold',
    WHOLE,
    {},
    /act1: expected a threshold, found none in the file and none given; give theta/,
  ],
  [
    'a threshold that is in the file already',
    { ...WHOLE, 'act.theta': numbers(1) },
    { theta: 1 },
    /w\.safetensors: theta would change nothing: the file has every threshold .*leave it out/,
  ],
  [
    'a threshold for no activation',
    WHOLE,
    { theta: { act1: 1, act2: 1 } },
    /theta of act2 would change nothing: the file lacks thresholds of act1 alone; leave it out/,
  ],
  ['a threshold of 0', WHOLE, { theta: 0 }, /act1: expected a threshold, found 0; give theta/],
  [
    'a threshold below 0 in the file',
    { ...WHOLE, 'act.theta': numbers(-1) },
    {},
    /act\.theta for layer act1: expected numbers above 0, found -1 at 0; /,
  ],
  [
    'another kernel',
    { ...WHOLE, 'features.0.weight': floats(4, 2, 5, 5) },
    undefined,
    /layer conv1 expects a conv2d with weight of 4x2x3x3, bias of 4, found features\.0 \(weight of 4x2x5x5, bias of 4\); /,
  ],
  [
    'no bias',
    { ...WHOLE, 'head.bias': undefined },
    undefined,
    /layer linear1 expects a linear with weight of 3x24, bias of 3, found head \(weight of 3x24\); /,
  ],
  [
    'no linear layer',
    { ...WHOLE, 'head.bias': undefined, 'head.weight': undefined },
    undefined,
    /layer linear1 expects a linear with .*, found no linear that is left; correct the description/,
  ],
  [
    'a module too many',
    { ...WHOLE, 'tail.weight': floats(3, 3), 'tail.bias': floats(3) },
    undefined,
    /tail \(weight of 3x3, bias of 3\) belongs to no layer of net; /,
  ],
  [
    'a kind that strelu lacks',
    { ...WHOLE, 'norm.weight': floats(4), 'norm.bias': floats(4) },
    undefined,
    /norm: expected a Conv2d, Linear, BatchNorm or a threshold, found weight of 4, bias of 4; /,
  ],
  [
    'a convolution of one dimension',
    { ...WHOLE, 'c.weight': floats(4, 2, 3) },
    undefined,
    /c: expected a Conv2d, .*found weight of 4x2x3; /,
  ],
  [
    'a tensor without a module',
    { ...WHOLE, scale: floats(2, 2) },
    undefined,
    /the module itself: expected a Conv2d, /,
  ],
  [
    'not a number',
    { ...WHOLE, 'head.bias': numbers(0, Number.NaN, 0) },
    undefined,
    /head\.bias for layer linear1: expected finite numbers, found NaN at 1; /,
  ],
  [
    'a variance below 0',
    { ...WHOLE, 'features.1.running_var': numbers(1, 1, -1, 1) },
    undefined,
    /running_var for layer norm1: expected numbers from 0, found -1 at 2; /,
  ],
  [
    'whole numbers',
    { ...WHOLE, 'head.bias': { dtype: 'I32', shape: [3], data: Int32Array.of(1, 2, 3) } },
    undefined,
    /head\.bias for layer linear1: expected floats, found I32; /,
  ],
  ['a name of no layer', WHOLE, { theta: 1, names: { fc: 'head' } }, /no layer fc with tensors; /],
  [
    'a name of no module',
    WHOLE,
    { theta: 1, names: { linear1: 'haed' } },
    /no module haed with tensors for layer linear1; .*head/,
  ],
  [
    'a name of another kind',
    WHOLE,
    { theta: 1, names: { linear1: 'features.0' } },
    /layer linear1 expects a linear with .*, found features\.0 \(/,
  ],
];

for (const [title, tensors, options, message] of CASES)
  test(`${title} is refused`, () => {
    assert.throws(
      () => read(tensors, options),
      (error) => {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, message);
        assert.match(error.message, /^w\.safetensors: [^\n]*; [^\n]+$/);
        return true;
      },
    );
  });

test('layers of the caller are refused on both ways', () => {
  const own = { name: 'twice', forward: (x: never) => x };
  const architecture = sequential(custom(own), flatten(), relu(), linear(3))([2, 2, 1], 'own');
  assert.throws(
    () => importStateDict(encodeSafetensors({ tensors: new Map(), metadata: {} }), architecture, 'w'),
    /layer twice1 is one of your own/,
  );
  assert.throws(
    () => exportStateDict({ architecture, weights: new Map(), provenance: {} }),
    /layer twice1 is one of your own/,
  );
});
