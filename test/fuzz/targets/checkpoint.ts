import assert from 'node:assert/strict';
import { decodeCheckpoint, encodeCheckpoint } from '../../../src/format/checkpoint-format.ts';
import { nearlySafetensors } from '../mutate/safetensors.ts';
import { type FuzzTarget, target } from '../target.ts';

const sample = encodeCheckpoint({
  tensors: new Map([
    ['model.weight', { shape: [4], data: Float32Array.of(1, 2, 3, 4) }],
    ['velocity.weight', { shape: [4], data: new Float32Array(4) }],
  ]),
  metadata: { run: JSON.stringify({ step: 3, totalSteps: 9, options: { epochs: 2 }, curve: [], sums: {} }) },
});

export const checkpoint: FuzzTarget = target({
  name: 'checkpoint',
  says: 'a checkpoint of a training',
  inputs: nearlySafetensors([sample], ['run']),
  read(bytes: Uint8Array) {
    const saved = decodeCheckpoint(bytes, 'x');
    const again = decodeCheckpoint(encodeCheckpoint(saved), 'y');
    assert.deepEqual({ ...again.metadata }, { ...saved.metadata });
    assert.deepEqual(new Map([...again.tensors].sort()), new Map([...saved.tensors].sort()));
  },
});
