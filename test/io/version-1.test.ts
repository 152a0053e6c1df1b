/**
 * @file Files of version 1, written before a network's grid had a field of its own, load and mean what they meant: spikes and
 * logits are those of the program that wrote them (version-1/expected.json, by the reference engine over T = 4).
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { quantisedToInt8 } from '../../src/convert/transforms/index.ts';
import { decodeSnn, encodeSnn } from '../../src/format/snn-format.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { loadSnn } from '../../src/io/snn-file.ts';
import { networkInput } from '../../src/lab/simulate/network-input.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { simulate } from '../../src/snn/simulate.ts';
import type { Schedule } from '../../src/snn/simulation.ts';
import { assertSameRun } from '../support/assert-same-run.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const FOLDER = fileURLToPath(new URL('../test/io/version-1/', SOURCE_FOLDER));
interface Answer {
  /** Of each layer, over all images and steps. */
  readonly spikes: readonly number[];
  /** After the last step. */
  readonly logits: readonly number[];
}
type Name =
  | 'half'
  | 'tracer-grid'
  | 'full-residual'
  | 'half, int8 per channel'
  | 'full-residual, int8 per layer';
const expected = JSON.parse(await readFile(`${FOLDER}expected.json`, 'utf8')) as Record<Name, Answer> & {
  readonly images: readonly number[];
};
const load = (name: string): Promise<SpikingNetwork> => loadSnn(`${FOLDER}${name}.snn.safetensors`);
/** The first three test images, rounded where the network's grid asks for it. */
const strokes = async (network: SpikingNetwork): Promise<Float32Array> =>
  networkInput(await openDataset('strokes', 'test', { limit: 3, seed: 3 }), 0, 3, network);

function answers(name: Name, network: SpikingNetwork, images: Float32Array, schedule: Schedule): void {
  const request = { steps: 4, schedule } as const;
  const run = simulate(network, images, { ...request, engine: 'reference' });
  const spikes = run.layers.map((layer) => layer.spikes.reduce((a, b) => a + b));
  const logits = [...run.logits.subarray(-3 * network.classes)];
  assert.deepEqual({ spikes, logits }, expected[name]);
  assertSameRun(simulate(network, images, request), run);
  // on a grid products round nothing either
  if (network.grid) assertSameRun(simulate(network, images, { ...request, engine: 'products' }), run);
}

test('half: no grid', async () => {
  const network = await load('half');
  assert.equal(network.grid, undefined);
  answers('half', network, await strokes(network), 'streaming');
});

test("tracer --grid 4: the grid that stood in the provenance is the network's, its images are rounded", async () => {
  const network = await load('tracer-grid');
  assert.deepEqual(network.grid, { kind: 'dyadic', steps: 4, imageBits: 6 });
  const images = await strokes(network);
  assert.ok(images.every((pixel) => Number.isInteger(pixel * 64)));
  answers('tracer-grid', network, images, 'settling');
});

test('full, with identities: on int8 weights too', async () => {
  const [half, full] = [await load('half'), await load('full-residual')];
  const images = Float32Array.from(expected.images);
  answers('full-residual', full, images, 'streaming');
  answers('half, int8 per channel', quantisedToInt8(half), await strokes(half), 'streaming');
  answers('full-residual, int8 per layer', quantisedToInt8(full, 'layer'), images, 'streaming');
});

test('saved again they are of version 2, and the same networks', async () => {
  for (const name of ['half', 'tracer-grid', 'full-residual']) {
    const network = await load(name);
    assert.deepEqual(decodeSnn(encodeSnn(network), name), network);
  }
});

test('in version 2 a word in the provenance makes no grid', async () => {
  const { grid: _, ...network } = await load('tracer-grid');
  assert.equal(network.provenance.gridSteps, 4);
  assert.equal(decodeSnn(encodeSnn(network), 's').grid, undefined);
});
