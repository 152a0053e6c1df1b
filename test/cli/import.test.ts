/** @file `import` and what follows it, at the command line. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../src/io/model-file.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { strelu } from './spawn.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strelu-import-'));
  await copyFile(new URL('lenet-13.onnx', FILES), join(folder, 'lenet.onnx'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('an ONNX file becomes a model beside it, node by node', async () => {
  const file = join(folder, 'lenet.onnx');
  const json = join(folder, 'import.json');
  const { status, stdout, stderr } = await strelu([
    'import',
    file,
    '--mean',
    '0.1307',
    '--std',
    '0.3081',
    '--json',
    json,
  ]);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /\/1\/Clip +Clip +act1 \(strelu\)/);
  assert.match(stdout, /and 10 nodes that are constants/);
  assert.match(stdout, /normalisation: mean 0.1307, deviation 0.3081 \(as given\)/);
  assert.match(stdout, /saved in .*lenet\.safetensors/);
  assert.match(stdout, /next: strelu convert .*lenet\.safetensors --method strelu/);
  const result = JSON.parse(await readFile(json, 'utf8'));
  assert.equal(result.command, 'import');
  assert.equal(result.imported.nodes.length, 24);
  assert.equal(result.files.model, join(folder, 'lenet.safetensors'));
  const network = await loadModel(join(folder, 'lenet.safetensors'));
  assert.equal(network.architecture.classes, 10);
  assert.deepEqual(network.learned, { mean: [0.1307], deviation: [0.3081] });
});

test('a network without normalisation says so', async () => {
  const { stdout } = await strelu([
    'import',
    join(folder, 'lenet.onnx'),
    '--out',
    join(folder, 'plain.safetensors'),
  ]);
  assert.match(stdout, /normalisation: none; the file does not say .* --mean and --std/);
  const network = await loadModel(join(folder, 'plain.safetensors'));
  assert.equal(network.provenance.normalisation, 'none');
});

test('what cannot be: half a normalisation, another kind of file, the file itself', async () => {
  const file = join(folder, 'lenet.onnx');
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[file, '--mean', '0.5'], 2, /--mean would be half of it: give --mean and --std/],
    [[file, '--mean', 'x', '--std', '1'], 2, /--mean.*expected numbers with commas between them, found "x"/],
    [[file, '--out', file], 2, /--out: .*lenet\.onnx is the same file as FILE/],
    [[join(folder, 'none.onnx')], 1, /none\.onnx: cannot be read \(no such file\)/],
    [
      [
        fileURLToPath(new URL('../test/examples/README.md', SOURCE_FOLDER)),
        '--out',
        join(folder, 'x.safetensors'),
      ],
      1,
      /expected an ONNX file \(\.onnx\); a NIR file .*; found neither/,
    ],
  ];
  for (const [words, expected, says] of cases) {
    const { status, stderr } = await strelu(['import', ...words]);
    assert.match(stderr, says);
    assert.equal(status, expected, words.join(' '));
  }
});

test('--check compares with onnxruntime-node where it is installed, and names it where it is absent', async () => {
  const { status, stdout, stderr } = await strelu(['import', join(folder, 'lenet.onnx'), '--check']);
  if (status === 0) assert.match(stdout, /check: 8 drawn images, logits equal to onnxruntime-node/);
  else
    assert.match(
      stderr,
      /--check needs the package onnxruntime-node, which could not be loaded; npm i onnxruntime-node/,
    );
});
