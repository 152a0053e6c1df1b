/** @file A training on images of one's own: what comes of it can be tried, converted in other ways and taken away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeModel } from '../../../src/format/model-format.ts';
import { accuracyOn } from '../../../src/playground/engine/accuracy.ts';
import { gather } from '../../../src/playground/engine/data/gather.ts';
import { networkFor } from '../../../src/playground/engine/data/network-for.ts';
import { modelFile } from '../../../src/playground/engine/download.ts';
import { openNetwork } from '../../../src/playground/engine/open-network.ts';
import { runPicture } from '../../../src/playground/engine/run-picture.ts';
import { samplePicture } from '../../../src/playground/engine/sample.ts';
import { trainHere } from '../../../src/playground/engine/train-here.ts';
import { DEFAULT_SETTINGS } from '../../../src/playground/state/state.ts';
import { pixelsOf } from '../../support/write-pictures.ts';
import { withWorkbench } from './workbench.ts';

const CLASSES = ['low', 'middle', 'top'];
const SIDE = 6;

/** A table of pictures that are bright in their class's third. */
const table = CLASSES.flatMap((name, c) =>
  Array.from({ length: 40 }, (_, i) =>
    [name, ...pixelsOf(c, i, { height: SIDE, width: SIDE, channels: 1 })].join(),
  ),
).join('\n');

test('a table is learned; its test pictures, classes and normalisation come with the network', () =>
  withWorkbench(async (bench) => {
    const files = [{ path: 'thirds.csv', file: new Blob([table]) }];
    await gather(bench, { kind: 'files', name: null, files, size: '', seed: 7 });
    const steps: number[] = [];
    const facts = await trainHere(bench, { seconds: 600, seed: 2 }, ({ step }) => steps.push(step));
    assert.equal(steps.length, 300, '96 images, 3 mini-batches of 32 an epoch, 100 epochs');
    assert.deepEqual(
      [facts.classNames, facts.input, facts.samples, facts.dataset],
      [CLASSES, [SIDE, SIDE, 1], true, 'csv:thirds.csv'],
    );
    const { images, ann, snn } = accuracyOn(bench, { pictures: null, settings: DEFAULT_SETTINGS });
    assert.deepEqual([images, ann], [24, 100]);
    assert.ok(snn.at(-1)! > 95, String(snn.at(-1)));
    const { picture, label } = samplePicture(bench, 3);
    const answer = runPicture(bench, picture, DEFAULT_SETTINGS);
    assert.equal(answer.ann.indexOf(Math.max(...answer.ann)), label);

    const saved = decodeModel(modelFile(bench).bytes, 'saved');
    assert.deepEqual(
      [saved.provenance.dataset, saved.provenance.split, saved.provenance.seed],
      ['csv:thirds.csv', 0.8, 7],
    );
    assert.deepEqual(saved.learned?.classNames, CLASSES);
    assert.deepEqual(saved.learned?.mean, bench.data!.train.mean);

    const again = await openNetwork(bench, { kind: 'again', method: facts.methods.at(-1)! });
    assert.ok(again.samples, 'another method knows the pictures too');
    await gather(bench, { kind: 'strokes' });
    assert.equal(bench.data, null);
  }));

test('the size of the network follows the images', () => {
  for (const side of [3, 8, 11, 12, 28, 31, 32, 64])
    for (const channels of [1, 3]) {
      const { layers, input, classes } = networkFor([side, side, channels], 5);
      assert.deepEqual([input, classes], [[side, side, channels], 5]);
      assert.equal(layers[0]!.kind, 'conv2d');
    }
  assert.equal(networkFor([12, 64, 1], 2).name, 'lenet');
  assert.equal(networkFor([11, 64, 1], 2).name, 'small');
});
