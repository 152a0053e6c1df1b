/**
 * @file `train`: an ANN from a data set to a file.
 */

import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { UsageError } from '../../errors.ts';
import { lockFile } from '../../io/file-lock.ts';
import { removeLeftovers } from '../../io/temporary-name.ts';
import { createProfile } from '../../kernels/profile.ts';
import { profiledKernels } from '../../kernels/profiled-kernels.ts';
import { isDescribed } from '../../lab/training/described-network.ts';
import { type RunRecord, recordOf, runOf } from '../../lab/training/run-record.ts';
import { checkpointPath } from '../../lab/training/saved-run.ts';
import { type TrainedFile, trainToFile } from '../../lab/training/train-to-file.ts';
import { duration, percent } from '../../report/format.ts';
import { intervalWords, wilsonInterval } from '../../report/interval.ts';
import { profileTable } from '../../report/profile-table.ts';
import { textTable } from '../../report/table.ts';
import { learningTable } from '../../report/tables.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { flag, real, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { claimDataset } from '../options/claim-dataset.ts';
import { applyRecipe, recipeList } from '../options/recipe.ts';
import { openSavedRun, refuseUnfinished, resumedRuntime } from '../options/resume.ts';
import { openRuntime } from '../options/runtime.ts';
import { RUN_GROUPS, RUN_OPTIONS } from '../options/training.ts';

export const train: Command = defineCommand({
  name: 'train',
  summary: 'trains an ANN and saves it',
  description:
    'Trains a network on a data set and saves it as one safetensors file with everything that made it. After each epoch ' +
    'the test accuracy (with --validation that of the held-out images) is measured and a checkpoint saved beside the model; --resume continues from it to the same bits ' +
    'as a run that was never stopped. In the end the checkpoint is removed. What another run left is never replaced unasked.',
  positionals: [],
  options: {
    ...RUN_OPTIONS,
    out: { ...text('FILE', 'the model file'), shown: 'runs/RECIPE or runs/DATASET-MODEL, .safetensors' },
    'checkpoint-seconds': real(120, 'time between checkpoints within an epoch; 0: one after every step'),
    log: text('DIR', "steps.csv, epochs.csv and TensorBoard's event file there, as the training goes on"),
    profile: flag(
      'time every kernel: a table of where the time went, by layer and direction; the network is the same',
    ),
    resume: flag('continue from the checkpoint; takes every option of the first run from it'),
    force: flag(
      'begin anew where an unfinished run lies, and replace the network of another run (the same run may always be repeated)',
    ),
  },
  groups: RUN_GROUPS,
  names: { title: 'Recipes', list: recipeList() },
  examples: [
    { line: 'strelu train --epochs 2 --out runs/digits.safetensors', says: 'the embedded synthetic digits' },
    {
      line: 'strelu train --dataset mnist --model lenet --epochs 3 --out runs/lenet.safetensors --json runs/lenet.json',
      says: 'real MNIST, with the learning curve as JSON',
    },
    {
      line: 'strelu train --dataset mnist --model cnn --levels 4 --spike-penalty 0.01 --out runs/cnn.safetensors',
      says: 'on the grid of T = 4 steps, with a price on spikes',
    },
    {
      line: 'strelu train --recipe mnist-cnn-strelu --epochs 10 --out runs/mnist.safetensors',
      says: 'a recipe, with fewer epochs than it asks for',
    },
    { line: 'strelu train --out runs/lenet.safetensors --resume', says: 'after an interruption' },
    {
      line: 'strelu train --epochs 1 --profile --out runs/digits.safetensors',
      says: 'where the time of a training goes',
    },
    {
      line: 'strelu train --epochs 4 --log runs/log --out runs/digits.safetensors',
      says: 'a log that tensorboard --logdir runs/log shows',
    },
  ],
  async run({ options, given, config, files, progress, print }) {
    const written: RunRecord = options;
    const applied = options.resume ? { record: written, changes: [] } : applyRecipe(written, given);
    const { recipe } = options;
    const out =
      options.out ?? `runs/${recipe ?? `${options.dataset}-${basename(options.model, '.json')}`}.safetensors`;
    const checkpoints = checkpointPath(out);
    config.out = out;
    if (options.resume && options.force)
      throw new UsageError('--force and --resume contradict each other: begin anew, or go on; give one');
    files.writes('--out', out, ['trained network', 'checkpoint']);
    files.writes('the checkpoint', checkpoints, ['trained network', 'checkpoint']);
    if (options.log !== null) files.writesInto('--log', options.log, ['steps.csv', 'epochs.csv']);
    const lock = await lockFile(out);
    try {
      for (const path of [out, checkpoints]) await removeLeftovers(path);
      if (!options.resume && !options.force) await refuseUnfinished(out);
      const resume = options.resume ? await openSavedRun(out, written, given) : null;
      const run = resume?.run ?? runOf(applied.record);
      if (isDescribed(run.model)) files.reads('--model', run.model);
      if (run.from !== null) files.reads('--from', run.from);
      if (run.teacher !== null) files.reads('--teacher', run.teacher);
      await claimDataset(files, run.dataset, run, options);
      if (applied.changes.length > 0) print(`recipe ${recipe} with ${applied.changes.join(', ')}\n`);
      Object.assign(config, recordOf(run));

      const made = resumedRuntime(options, given, resume);
      Object.assign(config, { kernels: made.kernels, deterministic: made.deterministic });
      const runtime = openRuntime(made);
      const profile = options.profile ? createProfile() : null;
      const timed = profile ? { ...runtime, kernels: profiledKernels(runtime.kernels, profile) } : runtime;
      let trained: TrainedFile;
      try {
        trained = await trainToFile({
          ...{ runtime: timed, run, out, resume, progress, lock, beforeInterrupt },
          directory: options.data ?? undefined,
          checkpointSeconds: options['checkpoint-seconds'],
          logFolder: options.log,
          replace: options.force,
          keepCheckpoint: true,
        });
      } finally {
        runtime.close();
      }
      const { curve, accuracy, flippedAccuracy, imagesPerSecond, seconds } = trained;
      const { split, testImages, validation } = trained;
      const { columns, rows } = learningTable(curve, validation ? 'validation' : 'test');
      print(textTable(columns, rows));
      print(
        `\nANN ${percent(accuracy)} % on ${testImages} ${split} images, ${intervalWords(accuracy, testImages)}; saved in ${out}`,
      );
      if (validation && split === 'test') {
        const { accuracy: judged, images } = validation;
        print(`${percent(judged)} % on ${images} validation images, ${intervalWords(judged, images)}`);
      }
      if (resume) print(`the steps of all sittings took ${duration(seconds)}`);
      const profiled = profile && { seconds: profile.elapsed(), rows: profile.rows() };
      if (profiled) {
        const table = profileTable(profiled);
        print(`\n${textTable(table.columns, table.rows)}`);
      }
      if (flippedAccuracy !== undefined)
        print(`with test-time flip (not what is converted): ${percent(flippedAccuracy)} %`);
      return {
        exit: 0,
        result: {
          ann: {
            accuracy,
            ...{ split, images: testImages, interval: wilsonInterval(accuracy, testImages) },
            ...(validation && {
              validation: {
                ...validation,
                interval: wilsonInterval(validation.accuracy, validation.images),
              },
            }),
            ...(flippedAccuracy !== undefined && { flippedAccuracy }),
          },
          train: { seconds, imagesPerSecond, curve },
          ...(profiled && { profile: profiled }),
          files: { model: out },
        },
        async afterwards() {
          await rm(checkpoints, { force: true });
          lock.release();
        },
      };
    } catch (error) {
      lock.release();
      throw error;
    }
  },
});
