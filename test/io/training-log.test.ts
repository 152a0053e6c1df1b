/** @file The files of a training's log, to the byte: what each step and epoch adds, what a resumed run keeps, whose files are left alone. */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { scalarsRecord, versionRecord } from '../../src/format/tensorboard.ts';
import { openTrainingLog } from '../../src/io/training-log.ts';
import type { EpochEvent, StepEvent } from '../../src/train/fit.ts';
import { inFolder } from '../support/in-folder.ts';

const STEPS = 'step,epoch,loss,train_accuracy,images_per_second\n';
const EPOCHS = 'epoch,step,loss,train_accuracy,test_accuracy,images_per_second\n';
const events = (step: number): string => `events.out.tfevents.${String(step).padStart(10, '0')}.strelu`;

const rates = { loss: 0.5, trainAccuracy: 75, imagesPerSecond: 12.34 };
const stepEvent = (step: number): StepEvent =>
  ({ kind: 'step', step, epoch: step < 3 ? 1 : 2, ...rates }) as unknown as StepEvent;
const epochEvent = (epoch: number, step: number): EpochEvent =>
  ({ kind: 'epoch', step, summary: { epoch, testAccuracy: 60, ...rates } }) as unknown as EpochEvent;

test('each step and epoch is a line and a record', () =>
  inFolder(async (path) => {
    const log = await openTrainingLog(path('log'), null, () => 7);
    const text = (name: string): Promise<string> => readFile(path(`log/${name}`), 'utf8');
    assert.deepEqual([await text('steps.csv'), await text('epochs.csv')], [STEPS, EPOCHS]);
    await log.step(stepEvent(1));
    await log.step(stepEvent(2));
    await log.epoch(epochEvent(1, 2));
    assert.equal(await text('steps.csv'), `${STEPS}1,1,0.5,75,12.3\n2,1,0.5,75,12.3\n`);
    assert.equal(await text('epochs.csv'), `${EPOCHS}1,2,0.5,75,60,12.3\n`);
    const train = { loss: 0.5, 'accuracy/train': 75 };
    const expected = [
      versionRecord(7),
      scalarsRecord(7, 1, train),
      scalarsRecord(7, 2, train),
      scalarsRecord(7, 2, { 'accuracy/test': 60, epoch: 1 }),
    ];
    assert.deepEqual(
      [...(await readFile(path(`log/${events(0)}`)))],
      expected.flatMap((record) => [...record]),
    );
  }));

test('a resumed run keeps the lines up to its checkpoint, and the event files before its own', () =>
  inFolder(async (path) => {
    const log = await openTrainingLog(path('.'));
    for (const step of [1, 2, 3, 4]) await log.step(stepEvent(step));
    await log.epoch(epochEvent(1, 2));
    await log.epoch(epochEvent(2, 4));
    await openTrainingLog(path('.'), 3);
    const lines = async (name: string): Promise<string[]> =>
      (await readFile(path(name), 'utf8'))
        .split('\n')
        .slice(1)
        .map((line) => line.split(',', 2).join());
    assert.deepEqual(await lines('steps.csv'), ['1,1', '2,1', '3,2', '']);
    assert.deepEqual(await lines('epochs.csv'), ['1,2', '']);
    assert.deepEqual((await readdir(path('.'))).sort(), ['epochs.csv', events(0), events(3), 'steps.csv']);
    await rm(path('steps.csv'));
    await openTrainingLog(path('.'), 3);
    assert.deepEqual([await lines('steps.csv'), await lines('epochs.csv')], [[''], ['1,2', '']]);
  }));

test('a new run begins anew and takes earlier event files out, and no others', () =>
  inFolder(async (path) => {
    await (await openTrainingLog(path('.'), 9)).step(stepEvent(10));
    const others = ['events.out.tfevents.1.host', 'my.events.out.tfevents.1.strelu', 'notes.txt'];
    for (const other of others) await writeFile(path(other), '');
    await openTrainingLog(path('.'));
    assert.equal(await readFile(path('steps.csv'), 'utf8'), STEPS);
    assert.deepEqual(
      (await readdir(path('.'))).sort(),
      [...others, 'epochs.csv', events(0), 'steps.csv'].sort(),
    );
  }));

test('a place that is no folder, and a file that cannot be added to, are named', () =>
  inFolder(async (path) => {
    await writeFile(path('file'), '');
    await assert.rejects(
      openTrainingLog(path('file')),
      /^InputError: .*file: expected a folder, found a file/,
    );
    const log = await openTrainingLog(path('log'));
    await rm(path('log/steps.csv'));
    await mkdir(path('log/steps.csv'));
    await assert.rejects(
      async () => log.step(stepEvent(1)),
      /^InputError: .*steps\.csv: cannot be written \(is a directory, not a file\)$/,
    );
  }));
