/**
 * @file `train`: an ANN from a data set to a file.
 */

import { basename } from 'node:path';
import { checkOutput } from '../../io/check-output.ts';
import { removeLeftovers } from '../../io/write-atomic.ts';
import { type RunRecord, recordOf, runOf } from '../../lab/training/run-record.ts';
import { checkpointPath } from '../../lab/training/saved-run.ts';
import { trainToFile } from '../../lab/training/train-to-file.ts';
import { percent } from '../../report/format.ts';
import { textTable } from '../../report/table.ts';
import { learningTable } from '../../report/tables.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { flag, real, text } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { applyRecipe, recipeList } from '../options/recipe.ts';
import { openSavedRun, refuseUnfinished } from '../options/resume.ts';
import { openRuntime } from '../options/runtime.ts';
import { RUN_GROUPS, RUN_OPTIONS } from '../options/training.ts';

export const train: Command = defineCommand({
  name: 'train',
  summary: 'trains an ANN and saves it',
  description:
    'Trains a network on a data set and saves it as one safetensors file with everything that made it. After each epoch ' +
    'the test accuracy is measured and a checkpoint saved beside the model; --resume continues from it to the same bits ' +
    'as a run that was never stopped.',
  positionals: [],
  options: {
    ...RUN_OPTIONS,
    out: { ...text('FILE', 'the model file'), shown: 'runs/RECIPE or runs/DATASET-MODEL, .safetensors' },
    'checkpoint-seconds': real(120, 'time between checkpoints within an epoch; 0: one after every step'),
    log: text('DIR', "steps.csv, epochs.csv and TensorBoard's event file there, as the training goes on"),
    resume: flag('continue from the checkpoint; takes every option of the first run from it'),
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
      line: 'strelu train --epochs 4 --log runs/log --out runs/digits.safetensors',
      says: 'a log that tensorboard --logdir runs/log shows',
    },
  ],
  async run({ options, given, config, progress, print }) {
    const written: RunRecord = options;
    const applied = options.resume ? { record: written, changes: [] } : applyRecipe(written, given);
    const { recipe } = options;
    const out =
      options.out ?? `runs/${recipe ?? `${options.dataset}-${basename(options.model, '.json')}`}.safetensors`;
    const checkpoints = checkpointPath(out);
    checkOutput(out);
    config.out = out;
    if (!options.resume) await refuseUnfinished(checkpoints);
    for (const path of [out, checkpoints]) await removeLeftovers(path);
    const resume = options.resume ? await openSavedRun(checkpoints, written, given) : null;
    const run = resume?.run ?? runOf(applied.record);
    if (applied.changes.length > 0) print(`recipe ${recipe} with ${applied.changes.join(', ')}\n`);
    Object.assign(config, recordOf(run));

    const runtime = openRuntime(options);
    try {
      const directory = options.data ?? undefined;
      const checkpointSeconds = options['checkpoint-seconds'];
      const request = { runtime, run, out, directory, resume, checkpointSeconds, progress };
      const logFolder = options.log;
      const trained = await trainToFile({ ...request, logFolder, beforeInterrupt });
      const { curve, accuracy, flippedAccuracy, imagesPerSecond } = trained;
      const { columns, rows } = learningTable(curve);
      print(textTable(columns, rows));
      print(`\nANN ${percent(accuracy)} % on ${trained.testImages} test images; saved in ${out}`);
      if (flippedAccuracy !== undefined)
        print(`with test-time flip (not what is converted): ${percent(flippedAccuracy)} %`);
      return {
        exit: 0,
        result: {
          ann: { accuracy, ...(flippedAccuracy !== undefined && { flippedAccuracy }) },
          train: { imagesPerSecond, curve },
          files: { model: out, checkpoint: trained.checkpoint },
        },
      };
    } finally {
      runtime.close();
    }
  },
});
