import assert from 'node:assert/strict';
import { decodeModel, encodeModel } from '../../../src/format/model-format.ts';
import { exportOnnx } from '../../../src/onnx/export-onnx.ts';
import { importOnnx } from '../../../src/onnx/import-onnx.ts';
import { built, ended, node, some, tensor, wholes } from '../../onnx/build.ts';
import { nearlyBytes } from '../mutate/bytes.ts';
import { TRAINED } from '../samples.ts';
import { type FuzzTarget, target } from '../target.ts';

/** Weights, borders, a clip, pools, shapes that are constants. */
const HAND = built(
  ended(
    [
      node('Conv', ['image', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1], kernel_shape: [3, 3] }),
      node('Clip', ['c', 'low', 'high'], ['k']),
      node('MaxPool', ['k'], ['p'], { kernel_shape: [2, 2], strides: [2, 2] }),
      node('Pad', ['p', 'pads'], ['g']),
      node('AveragePool', ['g'], ['h'], { kernel_shape: [2, 2], ceil_mode: 1 }),
      node('Reshape', ['h', 'target'], ['v']),
    ],
    'v',
    8,
    {
      initializer: [
        tensor('w', [2, 2, 3, 3], some(36)),
        tensor('b', [2], some(2)),
        tensor('low', [], [-1]),
        tensor('high', [], [1]),
        wholes('pads', [0, 0, 0, 0, 0, 0, 1, 1]),
        wholes('target', [1, -1]),
      ],
      metadata: { mean: '[0.5, 0.25]', std: '0.5' },
    },
  ),
);

export const onnx: FuzzTarget = target({
  name: 'onnx',
  says: 'ONNX files; what loads is written as a trained network',
  weight: 0.5,
  inputs: nearlyBytes(HAND, await exportOnnx(TRAINED)),
  async read(bytes: Uint8Array) {
    const { network } = await importOnnx(bytes, { source: 'x.onnx' });
    assert.deepEqual(decodeModel(encodeModel(network), 'y'), network);
  },
});
