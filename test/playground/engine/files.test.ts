/** @file Whatever its format, a file becomes the network that its own reader makes of it, and the page says what its nodes became. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { encodeSnn } from '../../../src/format/snn-format.ts';
import { nirFile, snnFile } from '../../../src/playground/engine/download.ts';
import { openNetwork } from '../../../src/playground/engine/open-network.ts';
import { readNetwork } from '../../../src/playground/engine/read-network.ts';
import { runPicture } from '../../../src/playground/engine/run-picture.ts';
import { DEFAULT_SETTINGS } from '../../../src/playground/state/state.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';
import { withWorkbench } from './workbench.ts';

const file = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(new URL(`../test/${path}`, SOURCE_FOLDER)));

test('an ONNX file is converted, and each of its nodes is accounted for', () =>
  withWorkbench(async (bench, { picture }) => {
    const bytes = await file('onnx/files/lenet-13.onnx');
    const facts = await openNetwork(bench, { kind: 'file', name: 'lenet-13.onnx', bytes });
    assert.equal(facts.method, 'strelu');
    assert.ok(
      facts.became.some((line) => /^Conv .*: conv1$/.test(line)),
      facts.became.join('\n'),
    );
    const { ann } = runPicture(bench, picture, DEFAULT_SETTINGS);
    assert.equal(ann.length, 10);
  }));

test('what is taken away is what is shown, in both formats, and opens again to the same spikes', () =>
  withWorkbench(async (bench, { picture }) => {
    const settings = { ...DEFAULT_SETTINGS, neuron: 'full', thetaScale: 2 };
    const shown = runPicture(bench, picture, settings).logits;
    const [own, nir] = [snnFile(bench), await nirFile(bench)];
    assert.deepEqual([own.name, nir.name], ['strokes.snn.safetensors', 'strokes.nir']);
    assert.deepEqual(own.bytes, encodeSnn(bench.run!.sound));
    for (const { name, bytes } of [own, nir]) {
      const { made } = await readNetwork(bytes, name);
      assert.equal(made.kind, 'snn');
      await openNetwork(bench, { kind: 'file', name, bytes });
      assert.equal(bench.open!.snn.neuron.name, 'full');
      bench.open = { ...bench.open!, images: { ...bench.open!.images, mean: [0.1134], deviation: [0.233] } };
      assert.deepEqual(runPicture(bench, picture, DEFAULT_SETTINGS).logits, shown, name);
    }
  }));

test('what is no network is refused by its name', () =>
  withWorkbench(async () => {
    for (const name of ['a.onnx', 'a.nir', 'a.safetensors', 'a'])
      await assert.rejects(
        async () => readNetwork(new TextEncoder().encode('no network at all'), name),
        (error) => error instanceof Error && error.message.includes(name),
      );
  }));
