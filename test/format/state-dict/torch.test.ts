/**
 * @file State dicts of real PyTorch modules (bench/peers/torch_state_dict.py wrote them, their description and their logits): imported
 * they give the same logits, exported again the same tensors.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { channelsFirst } from '../../../src/format/channels-first.ts';
import { parseNetwork } from '../../../src/format/network-json.ts';
import { decodeSafetensors } from '../../../src/format/safetensors.ts';
import { exportStateDict } from '../../../src/format/state-dict/export-state-dict.ts';
import { importStateDict, type StateDictImport } from '../../../src/format/state-dict/import-state-dict.ts';
import type { Architecture, MapShape, TrainedNetwork } from '../../../src/nn/architecture.ts';
import { forward } from '../../../src/nn/forward.ts';
import { withModel } from '../../../src/nn/trained-network.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { Tape } from '../../../src/tensor/tape.ts';
import { SOURCE_FOLDER } from '../../support/source-folder.ts';

const FOLDER = new URL('../test/format/state-dict/files/', SOURCE_FOLDER);
const INPUT: MapShape = [8, 6, 2];
const IMAGES = 4;

interface Table {
  readonly description: unknown;
  readonly images: readonly number[];
  readonly logits: readonly number[];
}
const bytesOf = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await readFile(new URL(`${name}.safetensors`, FOLDER)));
const tableOf = async (name: string): Promise<Table> =>
  JSON.parse(await readFile(new URL(`${name}.json`, FOLDER), 'utf8'));
const architectureOf = ({ description }: Table, name: string): Architecture =>
  parseNetwork(description, `${name}.json`).network(INPUT, name);

/** PyTorch's images in strelu's order. */
function imagesOf({ images }: Table): Float32Array {
  const order = channelsFirst(INPUT);
  const size = order.length;
  return Float32Array.from(
    { length: IMAGES * size },
    (_, i) => images[Math.floor(i / size) * size + order[i % size]!]!,
  );
}

function logitsOf(network: TrainedNetwork, images: Float32Array): Float32Array {
  const runtime = createRuntime();
  try {
    return withModel(runtime.heap, network, (model) => {
      const tape = Tape.on(runtime);
      const logits = Float32Array.from(
        forward(tape, model, tape.array(images).reshape(IMAGES, ...INPUT)).data,
      );
      tape.close();
      return logits;
    });
  } finally {
    runtime.close();
  }
}

async function imported(name: string): Promise<{ readonly table: Table } & StateDictImport> {
  const table = await tableOf(name);
  const options = name === 'plain' ? { theta: 0.7 } : {};
  return {
    table,
    ...importStateDict(await bytesOf(name), architectureOf(table, name), `${name}.safetensors`, options),
  };
}

for (const name of ['trained', 'plain'])
  test(`${name}: PyTorch's logits within 1e-4`, async () => {
    const { table, network } = await imported(name);
    const found = logitsOf(network, imagesOf(table));
    const worst = Math.max(...found.map((logit, i) => Math.abs(logit - table.logits[i]!)));
    assert.ok(worst < 1e-4, `${worst}`);
    assert.ok(Math.max(...table.logits) > 0.1);
  });

test('modules are matched in order, counters are not needed and said', async () => {
  const { matches, ignored } = await imported('trained');
  assert.deepEqual(
    matches.map(({ module }) => module),
    ['0', '1', '2', '4', '5', '7', '8', '9', '10'],
  );
  assert.deepEqual(matches[0], { layer: 'conv1', module: '0', became: 'conv2d 4x2x3x5' });
  assert.deepEqual(ignored, ['1.num_batches_tracked', '7.num_batches_tracked']);
});

test('in a file in the order of the alphabet layers.2 comes before layers.11, and thresholds are those given', async () => {
  const { matches, network } = await imported('plain');
  const convolutions = matches.filter(({ layer }) => layer.startsWith('conv')).map(({ module }) => module);
  const inOrder = [0, 2, 5, 8, 11].map((n) => `layers.${n}`);
  assert.deepEqual(convolutions, [...inOrder, 'layers.14.body.0', 'layers.14.shortcut.0']);
  assert.deepEqual(network.weights.get('act1.theta'), Float32Array.of(0.7));
  assert.equal(matches.find(({ layer }) => layer === 'act1')!.module, null);
});

for (const name of ['trained', 'plain'])
  test(`${name}: there and back`, async () => {
    const { network } = await imported(name);
    const bytes = exportStateDict(network);
    const again = importStateDict(bytes, network.architecture, 'again.safetensors');
    assert.deepEqual(again.network.weights, network.weights);
    assert.ok(again.matches.every(({ layer, module }) => layer === module));
  });

test('the tensors that go out are those that came in', async () => {
  const { network, matches } = await imported('trained');
  const names = Object.fromEntries(matches.map(({ layer, module }) => [layer, module!]));
  const [out, came] = [exportStateDict(network, names), await bytesOf('trained')].map(
    (bytes) => decodeSafetensors(bytes, 'w').tensors,
  );
  assert.deepEqual([...out!.keys()].sort(), [...came!.keys()].sort());
  for (const [name, { shape, data }] of came!) {
    if (name.endsWith('num_batches_tracked')) continue;
    const found = out!.get(name)!;
    assert.deepEqual(found.data, data, name);
    assert.equal(found.shape.join() || '1', shape.join() || '1', name);
  }
});
