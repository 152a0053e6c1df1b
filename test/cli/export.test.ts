/** @file `export` at the command line. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { convert } from '../../src/convert/convert.ts';
import { encodeNpz } from '../../src/data/encode-npz.ts';
import { saveModel } from '../../src/io/model-file.ts';
import { saveSnn } from '../../src/io/snn-file.ts';
import { importOnnx } from '../../src/onnx/import-onnx.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { strelu } from './spawn.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);
let folder = '';
let model = '';
let snn = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strelu-export-'));
  const { network } = await importOnnx(await readFile(new URL('vgg-hardtanh-11.onnx', FILES)));
  model = join(folder, 'vgg.safetensors');
  snn = join(folder, 'vgg.snn.safetensors');
  await saveModel(model, network);
  await saveSnn(snn, convert(network).snn);
});
after(() => rm(folder, { recursive: true, force: true }));

test('the quantised network, folded', async () => {
  const json = join(folder, 'export.json');
  const { status, stderr, stdout } = await strelu([
    'export',
    model,
    '--folded',
    '--levels',
    '8',
    '--json',
    json,
  ]);
  assert.equal(status, 0, stderr);
  const out = join(folder, 'vgg.onnx');
  assert.match(stdout, /saved in .*vgg\.onnx/);
  assert.equal(JSON.parse(await readFile(json, 'utf8')).files.onnx, out);
  const { network, report } = await importOnnx(await readFile(out));
  const kinds = network.architecture.layers.map(({ kind }) => kind);
  assert.ok(!kinds.includes('batchNorm'));
  const levels = network.architecture.layers.flatMap((layer) =>
    layer.kind === 'activation' ? [layer.levels] : [],
  );
  assert.deepEqual(levels, [8, 8, 8, 8]);
  assert.equal(report.nodes.filter(({ operator }) => operator === 'QuantizeLinear').length, 4);
});

test('what cannot be: a spiking network as ONNX, an unknown format, the file itself', async () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [
      [snn, '--out', join(folder, 'x.onnx')],
      1,
      /vgg\.snn\.safetensors: expected a model, found a spiking network.*--levels T/,
    ],
    [[model, '--to', 'onxn'], 2, /unknown value "onxn"; did you mean onnx\?/],
    [[model, '--out', model], 2, /--out: .* is the same file as FILE/],
    [[model, '--levels', '-1'], 2, /--levels/],
  ];
  for (const [words, expected, says] of cases) {
    const { status, stderr } = await strelu(['export', ...words]);
    assert.match(stderr, says);
    assert.equal(status, expected, words.join(' '));
  }
});

test("the files that a network came from stay: another program's ONNX file, arrays of a data set, a NIR file; an export is replaced", async () => {
  const place = (name: string): string => join(folder, name);
  await copyFile(model, place('kept.safetensors'));
  await copyFile(snn, place('kept.snn.safetensors'));
  const nir = await readFile(new URL('../../nir/files/half.nir', FILES));
  /** What PyTorch saves of a model says of no program either. */
  const theirs = async (): Promise<Buffer> => {
    await strelu([
      'export',
      place('kept.safetensors'),
      '--to',
      'state-dict',
      '--out',
      place('theirs.safetensors'),
    ]);
    return readFile(place('theirs.safetensors'));
  };
  const kept: readonly [to: string, bytes: Uint8Array, file: string][] = [
    ['onnx', await readFile(new URL('lenet-13.onnx', FILES)), 'kept.safetensors'],
    ['npz', encodeNpz(new Map([['x_train', { shape: [1], data: Uint8Array.of(7) }]])), 'kept.safetensors'],
    [
      'npz',
      encodeNpz(new Map([['conv1.weight', { shape: [1], data: Uint8Array.of(7) }]])),
      'kept.safetensors',
    ],
    ['nir', nir, 'kept.snn.safetensors'],
    ['state-dict.safetensors', await theirs(), 'kept.safetensors'],
  ];
  for (const [to, bytes, file] of kept) {
    await writeFile(place(`kept.${to}`), bytes);
    const { status, stderr } = await strelu(['export', place(file), '--to', to.split('.')[0]!]);
    assert.match(stderr, new RegExp(`kept\\.${to}: an? .* lies here, `));
    assert.equal(status, 1);
    assert.deepEqual(await readFile(place(`kept.${to}`)), Buffer.from(bytes));
  }
  await strelu(['export', place('kept.safetensors'), '--to', 'state-dict', '--out', place('pt.safetensors')]);
  await copyFile(place('kept.onnx'), place('pt.onnx'));
  const weights = await readFile(place('pt.safetensors'));
  const imported = await strelu(['import', place('pt.onnx')]);
  assert.match(imported.stderr, /pt\.safetensors: a safetensors file with weights alone lies here, /);
  assert.deepEqual(await readFile(place('pt.safetensors')), weights);
  const again = ['export', place('kept.safetensors'), '--to', 'npz', '--out', place('new.npz')];
  for (let run = 0; run < 2; run++) assert.equal((await strelu(again)).status, 0);
  const asked = ['export', place('kept.snn.safetensors'), '--to', 'nir', '--out', place('kept.nir')];
  assert.equal((await strelu(asked)).status, 0, 'it was asked for by name');
});
