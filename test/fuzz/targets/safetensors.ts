import assert from 'node:assert/strict';
import { decodeSafetensors, encodeSafetensors } from '../../../src/format/safetensors.ts';
import { nearlySafetensors } from '../mutate/safetensors.ts';
import { type FuzzTarget, target } from '../target.ts';

const sample = encodeSafetensors({
  tensors: new Map([
    ['layer.weight', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
    ['half', { dtype: 'F16', shape: [2], data: Float32Array.of(0.5, 1) }],
    ['count', { dtype: 'I64', shape: [], data: BigInt64Array.of(7n) }],
    ['bytes', { dtype: 'U8', shape: [0, 4], data: new Uint8Array(0) }],
  ]),
  metadata: { format: 'pt', text: 'any "text"' },
});

export const safetensors: FuzzTarget = target({
  name: 'safetensors',
  says: 'tensors by name',
  inputs: nearlySafetensors([sample]),
  read(bytes: Uint8Array) {
    const file = decodeSafetensors(bytes, 'x');
    const stored = [...file.tensors.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
    assert.ok(stored <= 2 * bytes.length, 'no tensor from nothing');
    if ([...file.tensors.values()].some(({ dtype }) => dtype === 'BF16')) return; // is read only
    const again = decodeSafetensors(encodeSafetensors(file), 'y');
    assert.deepEqual({ ...again.metadata }, { ...file.metadata });
    assert.deepEqual([...again.tensors].sort(byName), [...file.tensors].sort(byName));
  },
});

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
