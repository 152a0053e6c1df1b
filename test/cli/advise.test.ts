/** @file `advise` at the command line: nothing is written, and the commands that it names are understood. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inFolder } from '../support/in-folder.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';
import { streluHere } from '../support/strelu-here.ts';
import { writePictures } from '../support/write-pictures.ts';
import { strelu } from './spawn.ts';

const FILES = new URL('../test/onnx/files/', SOURCE_FOLDER);

test('an ONNX file, then the model that it becomes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'strelu-advise-'));
  try {
    await copyFile(new URL('lenet-13.onnx', FILES), join(folder, 'net.onnx'));
    const words = ['--dataset', 'strokes', '--limit', '10', '--steps', '8'];
    const foreign = await strelu(['advise', 'net.onnx', ...words, '--mean', '0.1', '--std', '0.3'], {
      cwd: folder,
    });
    assert.equal(foreign.status, 0, foreign.stderr);
    assert.match(foreign.stdout, /act4 +strelu +1\.000 .*converts exactly/);
    assert.match(foreign.stdout, /points are lost .* trained network \d/);
    assert.match(
      foreign.stdout,
      /strelu import net\.onnx --mean 0\.1 --std 0\.3\n {2}strelu convert net\.safetensors --method strelu/,
    );
    assert.deepEqual(await readdir(folder), ['net.onnx']);
    const imported = await strelu(['import', 'net.onnx', '--mean', '0.1', '--std', '0.3'], { cwd: folder });
    assert.equal(imported.status, 0, imported.stderr);
    const own = await strelu(['advise', 'net.safetensors', ...words, '--json', '-'], { cwd: folder });
    assert.equal(own.status, 0, own.stderr);
    const { next, advice } = JSON.parse(own.stdout);
    assert.equal(advice.images, 10);
    assert.match(next[1], /^strelu verify net\.safetensors net\.snn\.safetensors --dataset strokes/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a folder of pictures that is not divided tries the network as a whole', () =>
  inFolder(async (path) => {
    const classes = Array.from({ length: 10 }, (_, label) => `${label}`);
    await writePictures(path('pictures'), classes, 1, { height: 28, width: 28, channels: 1 });
    await copyFile(new URL('lenet-13.onnx', FILES), path('net.onnx'));
    const words = ['--mean', '0.1', '--std', '0.3', '--steps', '2', '--workers', '1', '--quiet'];
    const { status, stdout, stderr } = await streluHere(
      'advise',
      path('net.onnx'),
      '--dataset',
      `folder:${path('pictures')}`,
      ...words,
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /; 10 test images of folder:/);
  }));

test('a network under any name is known by what it holds; images of another shape are refused; what is printed can be copied', () =>
  inFolder(async (path) => {
    const words = ['--dataset', 'strokes', '--limit', '5', '--steps', '2', '--workers', '1', '--quiet'];
    await copyFile(new URL('lenet-13.onnx', FILES), path('net.onnx'));
    const out = path('my net');
    const made = await streluHere(
      'import',
      path('net.onnx'),
      '--mean',
      '0',
      '--std',
      '1',
      '--out',
      out,
      '--quiet',
    );
    assert.equal(made.status, 0, made.stderr);
    assert.ok(made.stdout.includes(`next: strelu convert "${out}" --method strelu`), made.stdout);
    const { status, stdout, stderr } = await streluHere('advise', out, ...words);
    assert.equal(status, 0, stderr);
    assert.ok(stdout.includes(`strelu verify "${out}" "${out}.snn.safetensors" --dataset strokes`), stdout);
    const lines = Array.from({ length: 10 }, (_, label) => `${label},9,8,7,6`);
    await writeFile(path('other.csv'), lines.join('\n'));
    const wrong = ['--dataset', `csv:${path('other.csv')}`, '--steps', '2', '--workers', '1', '--quiet'];
    const refused = await streluHere('advise', out, ...wrong);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /expected images of 28x28x1, as those that were learned, found 2x2x1/);
  }));
