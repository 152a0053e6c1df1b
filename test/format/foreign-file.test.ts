import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeZip } from '../../src/data/encode-zip.ts';
import { foreignFile } from '../../src/format/foreign-file.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/format/safetensors.ts';
import { importFormatOf } from '../../src/lab/formats/import-formats.ts';

const zipOf = (name: string): Uint8Array<ArrayBuffer> => encodeZip(new Map([[name, new Uint8Array(200)]]));
const pickle = Uint8Array.of(0x80, 2, 0x7d, 0x71, 0, 0x2e, 0, 0, 0, 0, 0, 0);
const lite = new TextEncoder().encode('\u001c\u0000\u0000\u0000TFL3 and so on');
const FILES: readonly [string, Uint8Array<ArrayBuffer>, RegExp][] = [
  ['net.pt', zipOf('net/data.pkl'), /what torch\.save writes .*; in Python write torch\.onnx\.export\(/],
  ['net.pth', pickle, /what torch\.save writes .*save_file\(net\.state_dict\(\), "net\.safetensors"\)/],
  ['script.pt', zipOf('script/constants.pkl'), /what torch\.save writes/],
  ['net.keras', zipOf('metadata.json'), /a file of Keras; write it as ONNX: net\.export\(/],
  ['net.tflite', lite, /a file of TensorFlow Lite; write it as ONNX/],
];

for (const [path, bytes, message] of FILES)
  test(`${path}: what it is, and what to write instead, wherever it is named`, () => {
    assert.throws(() => importFormatOf({ path, bytes }), message);
    assert.throws(() => decodeSafetensors(bytes, path), message);
    assert.throws(() => decodeSafetensors(bytes, path), /^InputError: net|^InputError: script/);
  });

test('arrays, and safetensors whatever the length of their header, are not taken for such files', () => {
  assert.equal(foreignFile(zipOf('x_train.npy')), null);
  assert.equal(foreignFile(new Uint8Array()), null);
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', minLength: 400, maxLength: 1400 }), (text) => {
      const tensors = new Map([['w', { dtype: 'F32', shape: [1], data: Float32Array.of(1) }]] as const);
      const bytes = encodeSafetensors({ tensors, metadata: { text } });
      assert.equal(foreignFile(bytes), null);
      assert.equal(decodeSafetensors(bytes, 'w').tensors.size, 1);
    }),
  );
  const long = new Uint8Array(640);
  long.set([0x80, 2, 0, 0, 0, 0, 0, 0, 0x7b]); // a header of 640 bytes
  assert.equal(foreignFile(long), null);
});
