/**
 * @file Damaged files: each loads or is refused with an error of ours, in bounded memory.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { importOnnx } from '../../src/onnx/import-onnx.ts';
import { built, ended, node, some, tensor, tensorOf, wholes } from './build.ts';

/** A file with most of what is read: weights, borders, pools, a block, a grid, shapes that are computed. */
const SOUND = built(
  ended(
    [
      node('Conv', ['image', 'w', 'b'], ['c'], { pads: [1, 1, 1, 1], kernel_shape: [3, 3] }),
      node('BatchNormalization', ['c', 's', 'b', 'b', 's'], ['n'], { epsilon: { float: 1e-5 } }),
      node('Clip', ['n', 'low', 'high'], ['k']),
      node('QuantizeLinear', ['k', 'scale', 'zero'], ['q']),
      node('DequantizeLinear', ['q', 'scale', 'zero'], ['d']),
      node('Conv', ['d', 'w'], ['e'], { auto_pad: 'SAME_UPPER' }),
      node('Add', ['e', 'd'], ['r']),
      node('Relu', ['r'], ['f']),
      node('MaxPool', ['f'], ['p'], { kernel_shape: [2, 2], strides: [2, 2] }),
      node('Pad', ['p', 'pads'], ['g']),
      node('AveragePool', ['g'], ['h'], { kernel_shape: [2, 2], ceil_mode: 1 }),
      node('Shape', ['h'], ['shape']),
      node('Gather', ['shape', 'first'], ['batch']),
      node('Concat', ['batch', 'rest'], ['target'], { axis: 0 }),
      node('Reshape', ['h', 'target'], ['v']),
    ],
    'v',
    8,
    {
      initializer: [
        tensor('w', [2, 2, 3, 3], some(36)),
        tensor('b', [2], some(2)),
        tensor('s', [2], [1, 2]),
        tensor('low', [], [-1]),
        tensor('high', [], [1]),
        tensor('scale', [], [0.125]),
        tensorOf({ name: 'zero', dims: [], dataType: 3, int32Data: [0] }),
        wholes('pads', [0, 0, 0, 0, 0, 0, 1, 1]),
        wholes('first', [0]),
        wholes('rest', [-1]),
      ],
      metadata: { mean: '[0.5, 0.25]', std: '0.5' },
    },
  ),
);

test('the file is sound', async () => {
  const { network, report } = await importOnnx(SOUND);
  assert.deepEqual(
    network.architecture.layers.map(({ kind }) => kind),
    [
      'conv2d',
      'batchNorm',
      'activation',
      'residual',
      'activation',
      'maxPool',
      'avgPool',
      'flatten',
      'linear',
    ],
  );
  assert.deepEqual(network.learned, { mean: [0.5, 0.25], deviation: [0.5, 0.5] });
  assert.equal(report.normalisation, 'metadata');
});

/** At these places other bytes, then a piece cut out. */
const damage = fc.record({
  bytes: fc.array(fc.tuple(fc.nat(SOUND.length - 1), fc.nat(255)), { maxLength: 4 }),
  from: fc.nat(SOUND.length - 1),
  cut: fc.oneof(fc.constant(0), fc.nat(30)),
});

test('law: a damaged file loads, or is refused in one line that names it', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(damage, async ({ bytes, from, cut }) => {
      const changed = SOUND.slice();
      for (const [at, byte] of bytes) changed[at] = byte;
      const file = new Uint8Array(changed.length - Math.min(cut, changed.length - from));
      file.set(changed.subarray(0, from));
      file.set(changed.subarray(Math.min(changed.length, from + cut)), from);
      try {
        await importOnnx(file, { source: 'net.onnx' });
      } catch (error) {
        refused++;
        assert.ok(error instanceof InputError, (error as Error).stack);
        assert.match(error.message, /^net\.onnx: [^\n]+; [^\n]+$/);
      }
    }),
    { numRuns: 1500 },
  );
  assert.ok(refused > 300, `${refused} were refused`);
});
