/** @file A network that is there is read, one that is begun is gone on with, and no checkpoint stays beside either. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openOrTrain } from '../../../src/lab/training/open-or-train.ts';
import { checkpointPath } from '../../../src/lab/training/saved-run.ts';
import { trainToFile } from '../../../src/lab/training/train-to-file.ts';
import { TRAINING_DEFAULTS, type TrainingRun } from '../../../src/lab/training/training-run.ts';
import { SILENT } from '../../../src/progress.ts';
import { createRuntime } from '../../../src/runtime.ts';
import { inFolder } from '../../support/in-folder.ts';

const RUN: TrainingRun = {
  ...TRAINING_DEFAULTS,
  ...{ model: 'lenet', width: 0.5, epochs: 2, batchSize: 10, limit: 60, testLimit: 20, seed: 5 },
};

test('whatever an earlier process left, the network is the undisturbed one, and nothing but it stays', async () => {
  await inFolder(async (path) => {
    const runtime = createRuntime({ workers: 1 });
    await mkdir(path('study'));
    const out = path('study/net.safetensors');
    const checkpoint = checkpointPath(out);
    const other = path('other.safetensors');
    const notes: string[] = [];
    const request = {
      runtime,
      run: RUN,
      out,
      progress: { ...SILENT, note: (l: string) => void notes.push(l) },
    };
    await trainToFile({ ...request, out: other, keepCheckpoint: true, checkpointSeconds: 0 });
    const whole = await readFile(other);

    /** @param left what lies there before */
    const leaves = async (trains: boolean, said: RegExp, left: () => Promise<unknown>): Promise<void> => {
      notes.length = 0;
      await left();
      const { file, trained } = await openOrTrain(request);
      assert.equal(trained !== null, trains);
      assert.equal(file.path, out);
      assert.match(notes.join('\n'), said);
      assert.deepEqual(await readdir(path('study')), ['net.safetensors']);
      assert.deepEqual(await readFile(out), whole);
    };
    await leaves(true, /^(?!.*(damaged|resumes))/s, async () => {}); // nothing
    await leaves(false, /^$/, async () => {}); // the network
    await leaves(false, /^$/, () => copyFile(checkpointPath(other), checkpoint)); // killed before its last act
    await leaves(true, /resumes at step/, async () => {
      await rm(out);
      let steps = 0;
      const update = (): void => {
        steps++;
        if (steps === 9) throw new Error('stopped');
      };
      const stopped = { ...request, checkpointSeconds: 0, progress: { ...SILENT, update } };
      await assert.rejects(openOrTrain(stopped), /stopped/);
      assert.deepEqual(await readdir(path('study')), ['net.checkpoint.safetensors']);
    });
    await leaves(true, /net\.checkpoint\.safetensors: damaged; trained from the start/, async () => {
      await rm(out);
      await writeFile(checkpoint, 'half');
    });
    runtime.close();
  });
});

test('a network that is damaged is refused, and stays as it is with its checkpoint', async () => {
  await inFolder(async (path) => {
    const runtime = createRuntime({ workers: 1 });
    const out = path('net.safetensors');
    for (const file of [out, checkpointPath(out)]) await writeFile(file, 'half');
    await assert.rejects(openOrTrain({ runtime, run: RUN, out }), /InputError: .*net\.safetensors/);
    for (const file of [out, checkpointPath(out)]) assert.equal(await readFile(file, 'utf8'), 'half');
    runtime.close();
  });
});
