/** @file `--dataset folder:DIR`: from a folder of pictures to a checked spiking network, by the command line alone. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { loadModel } from '../../src/io/model-file.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { loadSnn } from '../../src/io/snn-file.ts';
import { inFolder } from '../support/in-folder.ts';
import { writePictures } from '../support/write-pictures.ts';
import { strelu } from './spawn.ts';

const NAMES = ['ant', 'bee', 'cat'];
const NET = {
  name: 'mine',
  layers: [
    { kind: 'conv2d', outChannels: 4, kernel: 3, stride: 2 },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'linear', outputs: 3 },
  ],
};

test('a folder of three classes: trained, converted with calibration, simulated, verified; others are refused or told of', () =>
  inFolder(async (path) => {
    const [pictures, net, model, snn] = ['pictures', 'net.json', 'm.safetensors', 'm.snn.safetensors'].map(
      path,
    ) as [string, string, string, string];
    await writePictures(pictures, NAMES, 40, { height: 10, width: 9 });
    await writeFile(`${pictures}/.DS_Store`, 'x');
    await writeFile(net, JSON.stringify(NET));
    const data = ['--dataset', `folder:${pictures}`, '--split', '0.8', '--size', '8x8'];
    const trained = await strelu([
      'train',
      ...data,
      '--model',
      net,
      '--epochs',
      '8',
      '--batch-size',
      '16',
      '--seed',
      '3',
      '--out',
      model,
    ]);
    assert.equal(trained.status, 0, trained.stderr);
    assert.match(trained.stdout, /ANN (9\d|100)\.\d+ % on 24 test images/);
    assert.match(trained.stderr, /1 hidden files passed over/);

    const learned = await loadModel(model);
    const options = { split: 0.8, size: [8, 8] as const, seed: 3 };
    const train = await openDataset(`folder:${pictures}`, 'train', options);
    assert.deepEqual(learned.learned, { mean: train.mean, deviation: train.deviation, classNames: NAMES });
    assert.deepEqual([learned.architecture.input, learned.architecture.classes], [[8, 8, 3], 3]);

    const converted = await strelu([
      'convert',
      model,
      '--method',
      'relu-percentile',
      '--calibration',
      '30',
      '--out',
      snn,
    ]);
    assert.equal(converted.status, 0, converted.stderr);
    assert.match(converted.stdout, /calibrated on 30 images/);
    assert.deepEqual((await loadSnn(snn)).learned, learned.learned);

    const json = path('s.json');
    const simulated = await strelu(['simulate', snn, '--model', model, '--steps', '16', '--json', json]);
    assert.equal(simulated.status, 0, simulated.stderr);
    assert.match(simulated.stdout, /24 test images of folder:.*pictures/);
    const { config, snn: found } = JSON.parse(await readFile(json, 'utf8'));
    assert.equal(config.dataset, `folder:${pictures}`);
    assert.ok(found.accuracy['16'] > 90, JSON.stringify(found.accuracy));
    const verified = await strelu(['verify', model, snn, '--limit', '6', '--quiet']);
    assert.equal(verified.status, 0, verified.stdout + verified.stderr);

    const elsewhere = path('elsewhere');
    await writePictures(elsewhere, ['ant', 'cat'], 60, { height: 8, width: 8, channels: 1, seed: 5 });
    const told = await strelu(['simulate', snn, '--dataset', `folder:${elsewhere}`, '--steps', '4']);
    assert.equal(told.status, 0, told.stderr);
    assert.match(told.stderr, /these images are unlike those that the network learned: mean \d+, /);
    const refused = async (words: readonly string[], message: RegExp): Promise<void> => {
      const { status, stderr } = await strelu(words);
      assert.notEqual(status, 0);
      assert.match(stderr, message);
    };
    await refused(
      ['simulate', snn, '--dataset', 'strokes', '--limit', '1'],
      /images of 28x28x1 in 10 classes, but mine expects 8x8x3 in 3/,
    );
    await refused(
      ['simulate', snn, '--size', '9x9'],
      /expected images of 8x8x3, as those that were learned, found 9x9x3; bring them there with size 8x8/,
    );
    await writePictures(elsewhere, ['dog'], 1);
    await refused(
      ['verify', model, snn, '--dataset', `folder:${elsewhere}`],
      /dog: expected classes ant, bee, cat, found dog/,
    );
  }));

test('wrong words about data are wrong usage, with what to write instead', () =>
  inFolder(async (path) => {
    await mkdir(path('few'));
    await writePictures(path('few'), ['a', 'b'], 2);
    const refused = async (words: readonly string[], status: number, message: RegExp): Promise<void> => {
      const found = await strelu(['train', ...words, '--out', path('m.safetensors')]);
      assert.equal(found.status, status, found.stderr);
      assert.match(found.stderr, message);
      assert.equal(found.stderr.trim().split('\n').length, 1);
    };
    await refused(
      ['--dataset', 'foldr:x'],
      2,
      /--dataset: unknown value "foldr:x"; a data set of your own is folder:DIR, idx:DIR, npz:FILE, csv:FILE/,
    );
    await refused(['--dataset', 'emnist:leters'], 2, /did you mean emnist:letters/);
    await refused(['--dataset', 'folder:'], 2, /needs a place after the colon/);
    await refused(['--size', '32'], 2, /--size: expected height and width as 32x32, found "32"/);
    await refused(['--split', '1'], 2, /--split: expected a share above 0 and below 1, found "1"/);
    await refused(['--channels', '2'], 2, /--channels: expected 1 \(grey\) or 3 \(colour\), found "2"/);
    await refused(['--mean', '0.5,0.5'], 2, /--mean: expected one number, or three/);
    await refused(['--std', '0'], 2, /--std: expected numbers above 0/);
    await refused(['--names', 'a'], 2, /--names: expected two or four names/);
    await refused(['--size', '9x9'], 2, /size: would change nothing for strokes/);
    await refused(
      ['--dataset', `folder:${path('few')}`],
      1,
      /expected folders train and test, .*; on the command line: add --split 0\.9/,
    );
  }));
