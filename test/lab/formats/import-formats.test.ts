/** @file Which format a file is: its name says so; its first bytes count only where the name says nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { importFormatOf } from '../../../src/lab/formats/import-formats.ts';

const ENDINGS = { onnx: 'onnx', nir: 'nir', safetensors: 'state-dict', json: 'state-dict' } as const;
/** The version of an ONNX model; the length of a safetensors header may begin alike. */
const ONNX = Uint8Array.of(8, 16);
const HDF5 = Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);

test('whatever a file begins with, its ending decides', () => {
  const begins = fc.oneof(fc.constant(ONNX), fc.constant(HDF5), fc.uint8Array({ maxLength: 16 }));
  for (const [ending, name] of Object.entries(ENDINGS))
    fc.assert(
      fc.property(begins, fc.boolean(), (bytes, large) => {
        const path = `net.${large ? ending.toUpperCase() : ending}`;
        assert.equal(importFormatOf({ path, bytes: new Uint8Array(bytes) }).name, name);
      }),
    );
});

test('without an ending the first bytes decide, and a file that nobody knows is refused', () => {
  assert.equal(importFormatOf({ path: 'net', bytes: ONNX }).name, 'onnx');
  assert.equal(importFormatOf({ path: 'net.bin', bytes: HDF5 }).name, 'nir');
  assert.throws(
    () => importFormatOf({ path: 'net.bin', bytes: Uint8Array.of(1) }),
    /InputError: net\.bin: .*neither/,
  );
});
