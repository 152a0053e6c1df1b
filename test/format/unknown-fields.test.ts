/** @file The law of our files: no object in any of them has a field that its reader does not know. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { onDyadicGrid, quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { decodeModel, encodeModel } from '../../src/format/model-format.ts';
import { parseNetwork } from '../../src/format/network-json.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/format/safetensors.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import type { TrainedNetwork } from '../../src/nn/architecture.ts';
import { MODELS } from '../../src/nn/models/index.ts';
import { parameterSpecs } from '../../src/nn/parameters.ts';
import { refusesEach } from '../support/refuses-unknown.ts';

/** Reads a safetensors file with another text in its metadata. */
function within(bytes: Uint8Array, key: string, read: (bytes: Uint8Array) => unknown) {
  const { tensors, metadata } = decodeSafetensors(bytes, 'file');
  return {
    value: JSON.parse(metadata[key]!) as unknown,
    read: (value: unknown) =>
      read(encodeSafetensors({ tensors, metadata: { ...metadata, [key]: JSON.stringify(value) } })),
  };
}

const architecture = MODELS.resnet([8, 8, 1], 10, { activation: 'strelu', width: 0.05 });
const weights = new Map(
  parameterSpecs(architecture.layers).map(({ name, shape }) => [
    name,
    new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5),
  ]),
);
const TRAINED: TrainedNetwork = { architecture, weights, provenance: {} };
const { snn } = convert(TRAINED);

test('trained networks', () => {
  const { value, read } = within(encodeModel(TRAINED), 'architecture', (bytes) => decodeModel(bytes, 'm'));
  refusesEach(value, read, 20);
});

test('spiking networks, on every grid', () => {
  for (const network of [snn, onDyadicGrid(snn, { steps: 2 }), quantisedToInt8(snn, 'channel')]) {
    const { value, read } = within(encodeSnn(network), 'network', (bytes) => decodeSnn(bytes, 's'));
    refusesEach(value, read, 15);
  }
});

test('metadata of both', () => {
  for (const [bytes, read] of [
    [encodeModel(TRAINED), decodeModel],
    [encodeSnn(snn), decodeSnn],
  ] as const) {
    const { tensors, metadata } = decodeSafetensors(bytes, 'file');
    const more = encodeSafetensors({ tensors, metadata: { ...metadata, colour: 'red' } });
    assert.throws(
      () => read(more, 'file'),
      /^InputError: file: unknown metadata "colour"; expected format, /,
    );
  }
});

test('network descriptions, residual blocks in each other included', () => {
  const conv = { kind: 'conv2d', outChannels: 2, kernel: 3, padding: 1 };
  const inner = { kind: 'residual', body: [conv], shortcut: [{ ...conv, kernel: 1, padding: 0 }] };
  const layers = [
    conv,
    { kind: 'residual', body: [inner] },
    { kind: 'flatten' },
    { kind: 'linear', outputs: 2 },
  ];
  refusesEach({ $schema: 'x', name: 'net', layers }, (value) => parseNetwork(value, 'net.json'), 8);
});

test('a slip in a field that must be there is told by its near name', () => {
  const layers = [{ kind: 'linear', output: 2 }];
  assert.throws(
    () => parseNetwork({ name: 'net', layers }, 'n'),
    /unknown field "output"; did you mean outputs/,
  );
  const { value, read } = within(encodeSnn(snn), 'network', (bytes) => decodeSnn(bytes, 's'));
  const { classes, ...rest } = value as { readonly classes: number };
  assert.throws(
    () => read({ ...rest, clases: classes }),
    /classes should be a whole number .*found nothing \(there is "clases"\)/,
  );
});
