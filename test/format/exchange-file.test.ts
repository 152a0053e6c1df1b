/** @file Files of other programs by their first bytes, and those of them that were written here. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { encodeNpz } from '../../src/data/encode-npz.ts';
import { exchangeKind } from '../../src/format/exchange-file.ts';
import { encodeWeights } from '../../src/format/network-npz.ts';
import { decodeSafetensors } from '../../src/format/safetensors.ts';
import { exportOnnx } from '../../src/onnx/export-onnx.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const BEGINNING = 128;
const kindOf = (bytes: Uint8Array): string | null => exchangeKind(bytes.subarray(0, BEGINNING));

test("files of PyTorch's exporter and of the NIR library are known again, whatever network they hold", () => {
  for (const [folder, ending, kind] of [
    ['../test/onnx/files/', '.onnx', 'ONNX file'],
    ['../test/nir/files/', '.nir', 'NIR file'],
  ] as const) {
    const place = new URL(folder, SOURCE_FOLDER);
    const names = readdirSync(place).filter((name) => name.endsWith(ending));
    assert.ok(names.length > 5, folder);
    for (const name of names) assert.equal(kindOf(readFileSync(new URL(name, place))), kind, name);
  }
});

test('what is written here is told from what is not: ONNX by its producer, npz by the names of its arrays', async () => {
  const network = randomTrainedNetwork(1);
  assert.equal(kindOf(await exportOnnx(network)), 'exported ONNX file');
  assert.equal(kindOf(encodeWeights(network)), 'arrays of a network');
  const arrays = (name: string) => encodeNpz(new Map([[name, { shape: [2], data: Uint8Array.of(1, 2) }]]));
  for (const name of ['x_train', 'images', 'labels', 'a']) assert.equal(kindOf(arrays(name)), 'arrays', name);
  assert.equal(kindOf(arrays('image')), 'spikes');
});

test('too little to tell, and anything else, is nothing', () => {
  const whole = encodeNpz(new Map([['x_train', { shape: [1], data: Uint8Array.of(1) }]]));
  for (let length = 0; length < 30 + 'x_train.npy'.length; length++)
    assert.equal(kindOf(whole.subarray(0, length)), null);
  for (const text of ['{"command": "train"}', 'label,p0\n', '\u0008 no model', 'PK no archive'])
    assert.equal(kindOf(new TextEncoder().encode(text)), null, text);
});

test('a network file that is none says what it is and what to do', () => {
  const place = new URL('../test/onnx/files/lenet-13.onnx', SOURCE_FOLDER);
  assert.throws(
    () => decodeSafetensors(readFileSync(place), 'lenet.onnx'),
    /^InputError: lenet\.onnx: expected a safetensors file, found an ONNX file of another program; import it first/,
  );
  const npz = encodeWeights(randomTrainedNetwork(1));
  assert.throws(
    () => decodeSafetensors(npz, 'w.npz'),
    /found an npz file with the arrays of a network; name the network itself$/,
  );
});
