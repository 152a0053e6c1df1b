/** @file `import` and `export` of NIR files, weights of PyTorch and npz, at the command line. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { convert } from '../../src/convert/convert.ts';
import { decodeNpz } from '../../src/data/npz.ts';
import { importStateDict } from '../../src/format/state-dict/import-state-dict.ts';
import {
  createModel,
  createRuntime,
  exportNetwork,
  MODELS,
  Random,
  type TrainedNetwork,
} from '../../src/index.ts';
import { loadModel, saveModel } from '../../src/io/model-file.ts';
import { loadSnn, saveSnn } from '../../src/io/snn-file.ts';
import type { SpikingNetwork } from '../../src/snn/network.ts';
import { randomTrainedNetwork } from '../support/random-network.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { strelu } from './spawn.ts';

const FILES = fileURLToPath(new URL('../test/', SOURCE_FOLDER));
const trained = randomTrainedNetwork(6);
let folder = '';
const at = (name: string): string => join(folder, name);
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strelu-formats-'));
  await saveModel(at('net.safetensors'), trained);
  await saveSnn(at('net.snn.safetensors'), convert(trained).snn);
  await copyFile(`${FILES}nir/files/python-cnn.nir`, at('cnn.nir'));
  await copyFile(`${FILES}format/state-dict/files/plain.safetensors`, at('plain.safetensors'));
  const table = JSON.parse(await readFile(`${FILES}format/state-dict/files/plain.json`, 'utf8'));
  await writeFile(at('plain.json'), JSON.stringify(table.description));
});
after(() => rm(folder, { recursive: true, force: true }));

/** A network for the drawn digits. */
function strokesNetwork(): TrainedNetwork {
  const runtime = createRuntime();
  const architecture = MODELS.lenet([28, 28, 1], 10, { activation: 'strelu', width: 0.5 });
  const network = exportNetwork(createModel(runtime.heap, architecture, Random.seeded(1)));
  runtime.close();
  return network;
}

/** Runs a command that is to succeed. */
async function done(...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await strelu(words);
  assert.equal(status, 0, stderr);
  return stdout;
}

test('a spiking network goes to NIR and comes back as it was', async () => {
  const out = await done('export', at('net.snn.safetensors'), '--to', 'nir');
  assert.match(out, /NIR 1\.0\.7: \d+ nodes, neuron half as a graph of I, Threshold and Scale/);
  assert.match(out, /saved in .*net\.nir/);
  const back = await done(
    'import',
    at('net.nir'),
    '--mean',
    '0.5',
    '--std',
    '0.25',
    '--out',
    at('back.snn.safetensors'),
  );
  assert.match(back, /NIR: neuron half, v0 = 0 theta/);
  assert.match(back, /every spike adds the number of the file, to the last bit/);
  assert.match(back, /next: strelu simulate .*back\.snn\.safetensors/);
  const [there, again] = await Promise.all(
    ['net', 'back'].map((name) => loadSnn(at(`${name}.snn.safetensors`))),
  );
  const numbers = ({ layers }: SpikingNetwork): unknown =>
    layers.map(({ bias, inputs }) => [bias, inputs.map(({ weight }) => weight)]);
  assert.deepEqual(numbers(again!), numbers(there!));
  assert.equal(again!.learned!.mean[0], 0.5);
});

test("a NIR file of the Python library becomes a spiking network, by NIR's reset or the other", async () => {
  const out = await done('import', at('cnn.nir'));
  assert.match(out, /8 +IF +neurons on a map of 1x1x5/);
  assert.match(out, /normalisation: none; a NIR file does not say/);
  assert.equal((await loadSnn(at('cnn.snn.safetensors'))).neuron.name, 'reset-to-zero');
  await done('import', at('cnn.nir'), '--if-reset', 'subtract', '--out', at('soft.snn.safetensors'));
  assert.equal((await loadSnn(at('soft.snn.safetensors'))).neuron.name, 'unipolar');
});

test('weights of PyTorch with a description, either of them first', async () => {
  const shared = ['--input', '8x6x2', '--theta', '0.7', '--mean', '0', '--std', '1'];
  const out = await done(
    'import',
    at('plain.safetensors'),
    '--model',
    at('plain.json'),
    ...shared,
    '--out',
    at('a.safetensors'),
  );
  assert.match(out, /layers\.14\.body\.0 +conv2d 4x4x3x3 +conv6/);
  assert.match(out, /state_dict: \d+ layers of plain; 4 counters of batches are not needed/);
  await done(
    'import',
    at('plain.json'),
    '--state-dict',
    at('plain.safetensors'),
    ...shared,
    '--out',
    at('b.safetensors'),
  );
  const [a, b] = await Promise.all(['a', 'b'].map((name) => loadModel(at(`${name}.safetensors`))));
  assert.deepEqual(a!.weights, b!.weights);
  assert.deepEqual(a!.weights.get('act1.theta'), Float32Array.of(0.7));
});

test('weights go out for PyTorch and for NumPy', async () => {
  await done('export', at('net.safetensors'), '--to', 'state-dict', '--out', at('w.safetensors'));
  const bytes = await readFile(at('w.safetensors'));
  const { network } = importStateDict(bytes, trained.architecture, 'w.safetensors');
  assert.deepEqual(network.weights, trained.weights);
  for (const [name, count] of [
    ['net', trained.weights.size],
    ['net.snn', null],
  ] as const) {
    await done('export', at(`${name}.safetensors`), '--to', 'npz', '--out', at(`${name}.npz`));
    const { names } = decodeNpz(await readFile(at(`${name}.npz`)), name);
    assert.ok(count === null ? names.some((one) => one.endsWith('.theta')) : names.length === count);
  }
});

test('spikes of a simulation as npz: those of the record', async () => {
  const snn = convert(strokesNetwork()).snn;
  await saveSnn(at('strokes.snn.safetensors'), snn);
  const words = ['--dataset', 'strokes', '--limit', '4', '--steps', '1,3', '--seed', '2'];
  const out = await done(
    'simulate',
    at('strokes.snn.safetensors'),
    ...words,
    '--spikes',
    at('spikes.npz'),
    '--spikes-of',
    '2',
  );
  const npz = decodeNpz(await readFile(at('spikes.npz')), 'spikes.npz');
  const [image, t, sign] = await Promise.all(
    ['image', 't', 'sign'].map(async (name) => [...((await npz.array(name)).data as Int32Array)]),
  );
  assert.match(out, new RegExp(`${sign!.length} spikes of 2 images saved in`));
  assert.ok(sign!.length > 10);
  assert.deepEqual([new Set(image), new Set(t)], [new Set([0, 1]), new Set([0, 1, 2])]);
  const { status, stderr } = await strelu([
    'simulate',
    at('strokes.snn.safetensors'),
    ...words,
    '--spikes-of',
    '2',
  ]);
  assert.equal(status, 2);
  assert.match(stderr, /--spikes-of would change nothing: give --spikes FILE/);
});

test('what cannot be is refused with what to do', async () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [
      ['export', at('net.safetensors'), '--to', 'nir'],
      1,
      /expected a spiking network, found a trained one.*convert it first: strelu convert/,
    ],
    [
      ['export', at('net.snn.safetensors'), '--to', 'state-dict'],
      1,
      /expected a model, found a spiking network.*--to npz/,
    ],
    [
      ['export', at('net.snn.safetensors'), '--to', 'nir', '--folded'],
      2,
      /--folded would change nothing: --to nir/,
    ],
    [
      ['import', at('cnn.nir'), '--model', at('plain.json')],
      2,
      /--model would change nothing: a file of nir/,
    ],
    [['import', at('cnn.nir'), '--check'], 2, /--check would change nothing: files of nir/],
    [['import', at('plain.json')], 2, /--state-dict: expected the weights for .*plain\.json, found none/],
    [
      ['import', at('plain.safetensors'), '--out', at('x.safetensors')],
      2,
      /--model: expected the description of the network for/,
    ],
    [
      ['import', at('plain.safetensors'), '--model', at('plain.json'), '--out', at('x.safetensors')],
      2,
      /--input: expected the size of the images/,
    ],
    [
      [
        'import',
        at('plain.safetensors'),
        '--model',
        at('plain.json'),
        '--input',
        '8x6x2',
        '--out',
        at('x.safetensors'),
      ],
      1,
      /act1: expected a threshold, .*give theta/,
    ],
    [
      [
        'import',
        at('plain.safetensors'),
        '--model',
        at('plain.json'),
        '--input',
        '8x8x2',
        '--theta',
        '1',
        '--out',
        at('x.safetensors'),
      ],
      1,
      /layer linear1 expects a linear with weight of 3x256/,
    ],
  ];
  for (const [words, expected, message] of cases) {
    const { status, stderr } = await strelu([...words]);
    assert.equal(status, expected, stderr);
    assert.match(stderr, message);
  }
});
