/** @file The study of levers: each changes the course by options that take effect, and what it gives is what its runs were. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type Asked, applies, LEVERS, leverRun, readCourse } from '../../bench/levers/levers.ts';
import { measureRun, type Place } from '../../bench/levers/measure.ts';
import { leversTable, rowOf } from '../../bench/levers/table.ts';
import { refuseUseless } from '../../src/cli/options/refuse-useless.ts';
import { recipeRun } from '../../src/lab/training/recipe-run.ts';
import { checkRun } from '../../src/lab/training/run-limits.ts';
import { recordOf } from '../../src/lab/training/run-record.ts';
import { SILENT } from '../../src/progress.ts';
import { createRuntime } from '../../src/runtime.ts';
import { inFolder } from '../support/in-folder.ts';
import { SOURCE_FOLDER } from '../support/source-folder.ts';

const course = JSON.parse(await readFile(new URL('../bench/levers/course.json', SOURCE_FOLDER), 'utf8'));
const ASKED: Asked = {
  activation: 'strelu',
  epochs: null,
  limit: null,
  validation: null,
  dataset: null,
  width: null,
  batchSize: null,
};

test('every lever changes the course of stReLU, and every option left is in effect', () => {
  for (const { id: activation } of course.activations)
    for (const lever of [null, ...LEVERS]) {
      if (lever && !applies(course, lever, { ...ASKED, activation })) {
        assert.notEqual(activation, 'strelu', lever.id);
        continue;
      }
      const run = leverRun(course, lever, { ...ASKED, activation }, 1);
      checkRun(recordOf(run), 'course.json');
      const usual = recordOf(
        leverRun(
          { ...course, course: {}, activations: [{ id: activation, run: {} }] },
          null,
          { ...ASKED, activation },
          1,
        ),
      );
      const given = Object.entries(recordOf(run)).filter(
        ([name, value]) => usual[name as keyof typeof usual] !== value,
      );
      refuseUseless(recordOf(run), new Set(given.map(([name]) => name)));
    }
});

test('the recipe is the course, with the test images at its end', () => {
  const { finalTest, recipe, validation, ...run } = recipeRun('cifar-fast-strelu');
  const { finalTest: _, recipe: __, validation: judged, ...fixed } = leverRun(course, null, ASKED, 1);
  assert.deepEqual(run, fixed);
  assert.equal(finalTest, true);
  // levers are judged on more images than the finished recipe holds out
  assert.deepEqual([validation, judged], [1000, 5000]);
});

test('fewer epochs keep the shares of the course', () => {
  const run = leverRun(course, null, { ...ASKED, epochs: 5 }, 3);
  assert.deepEqual([run.epochs, run.continuousEpochs, run.firstBiasEpochs, run.seed], [5, 4, 1.25, 3]);
});

test('a run of the study is trained once and read again; its operations are those of its images', async () => {
  await inFolder(async (path) => {
    const runtime = createRuntime({ workers: 1 });
    const notes: string[] = [];
    const progress = { ...SILENT, note: (line: string) => void notes.push(line) };
    const place: Place = { runtime, folder: path('.'), directory: undefined, progress };
    const asked: Asked = {
      ...ASKED,
      epochs: 1,
      limit: 80,
      validation: 20,
      dataset: 'strokes',
      width: 0.05,
      batchSize: 20,
    };
    const run = leverRun(course, null, asked, 1);
    const first = await measureRun(place, 'full', run);
    const trained = notes.length;
    assert.ok(trained > 0);
    assert.deepEqual(await measureRun(place, 'full', run), first);
    assert.equal(notes.length, trained);
    assert.equal(first.operations, 6 * first.macs * 60);
    assert.equal(first.accuracy, (100 * first.right.reduce((sum, one) => sum + one, 0)) / 20);
    const rows = [rowOf('full', 'nothing', [first], null), rowOf('same', 'the same', [first], [first])];
    assert.match(
      leversTable(rows),
      /\| the same \| [\d.]+ \([\d.]+ to [\d.]+\) \| no difference shown \(p = 1.0; 0 and 0 images\)/,
    );
    runtime.close();
  });
});

test('the course of the file is what the study reads', () => {
  assert.deepEqual(readCourse(), course);
});
