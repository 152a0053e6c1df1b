/**
 * @file `train`: an ANN from a data set to a file.
 */

import { saveModel } from '../../io/model-file.ts';
import { type DatasetName, openDataset } from '../../io/open-dataset.ts';
import { removeLeftovers } from '../../io/write-atomic.ts';
import { packageVersion } from '../../lab/version.ts';
import { percent } from '../../report/format.ts';
import { textTable } from '../../report/table.ts';
import { learningTable } from '../../report/tables.ts';
import { createRuntime } from '../../runtime.ts';
import { flag, real, text } from '../../terminal/options.ts';
import type { Checkpoint } from '../../train/checkpoint.ts';
import { checkOutput } from '../check-output.ts';
import type { Command } from '../command.ts';
import { defineCommand } from '../command.ts';
import { RUN_OPTIONS } from '../options/training.ts';
import { applyRecipe, recipeList } from '../training/apply-recipe.ts';
import { openLearned } from '../training/learned-file.ts';
import { checkpointPath, openRun, refuseUnfinished } from '../training/resume.ts';
import { saveRun } from '../training/saved-run.ts';
import { trainRun } from '../training/train-run.ts';

export const train: Command = defineCommand({
  name: 'train',
  summary: 'trains an ANN and saves it',
  description:
    'Trains a network on a data set and saves it as one safetensors file with everything that made it. After each epoch ' +
    'the test accuracy is measured and a checkpoint saved beside the model; --resume goes on from it to the same bits ' +
    'as a run that was never stopped.',
  positionals: [],
  options: {
    ...RUN_OPTIONS,
    out: { ...text('FILE', 'the model file'), shown: 'runs/RECIPE or runs/DATASET-MODEL, .safetensors' },
    'checkpoint-seconds': real(120, 'time between checkpoints within an epoch; 0: one after every step'),
    resume: flag('go on from the checkpoint; takes every option of the first run from it'),
  },
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
    { line: 'strelu train --out runs/lenet.safetensors --resume', says: 'go on after an interruption' },
  ],
  async run({ options, given, config, progress, print }) {
    const applied = options.resume ? { values: options, changes: [] } : applyRecipe(options, given);
    const { recipe } = options;
    const out = options.out ?? `runs/${recipe ?? `${options.dataset}-${options.model}`}.safetensors`;
    const checkpoints = checkpointPath(out);
    checkOutput(out);
    config.out = out;
    if (!options.resume) await refuseUnfinished(checkpoints);
    for (const path of [out, checkpoints]) await removeLeftovers(path);
    const resumed = options.resume ? await openRun(checkpoints, options, given) : null;
    const run = resumed?.run ?? applied.values;
    if (applied.changes.length > 0) print(`recipe ${recipe} with ${applied.changes.join(', ')}\n`);
    for (const name of Object.keys(RUN_OPTIONS) as (keyof typeof RUN_OPTIONS)[]) config[name] = run[name];
    config.seed = run.seed;
    const teacher =
      run.teacher === null
        ? null
        : await openLearned(run.teacher, run.dataset, resumed?.saved.run['teacher-sha256']);
    // A resumed run has its weights in the checkpoint.
    const from = run.from === null || resumed ? null : await openLearned(run.from, run.dataset);
    const saved = {
      ...Object.fromEntries(Object.keys(RUN_OPTIONS).map((name) => [name, config[name]])),
      seed: run.seed,
      'teacher-sha256': teacher?.sha256 ?? null,
      'from-sha256': from?.sha256 ?? resumed?.saved.run['from-sha256'] ?? null,
    };

    const directory = options.data ?? undefined;
    const open = (split: 'train' | 'test', limit: number | null) =>
      openDataset(run.dataset as DatasetName, split, {
        directory,
        seed: run.seed,
        limit: limit ?? undefined,
      });
    const data = { train: await open('train', run.limit), test: await open('test', run['test-limit']) };
    const runtime = createRuntime({ kernels: options.kernels, workers: options.workers });
    try {
      const request = {
        runtime,
        run,
        data,
        progress,
        from: from?.network,
        teacher: teacher?.network,
        resume: resumed?.saved.checkpoint,
        checkpointSeconds: options['checkpoint-seconds'],
        save: (checkpoint: Checkpoint, totalSteps: number) =>
          saveRun(checkpoints, { checkpoint, totalSteps, run: saved }),
      };
      const { network, curve, accuracy, flippedAccuracy, imagesPerSecond } = await trainRun(request);
      const provenance = {
        version: packageVersion(),
        ...withoutNull({ ...saved, accuracy, flippedAccuracy }),
      };
      await saveModel(out, { ...network, provenance });

      const { columns, rows } = learningTable(curve);
      print(textTable(columns, rows));
      print(`\nANN ${percent(accuracy)} % on ${data.test.count} test images; saved in ${out}`);
      if (flippedAccuracy !== undefined)
        print(`with test-time flip (not what is converted): ${percent(flippedAccuracy)} %`);
      return {
        exit: 0,
        result: {
          ann: { accuracy, ...(flippedAccuracy !== undefined && { flippedAccuracy }) },
          train: { imagesPerSecond, curve },
          files: { model: out, checkpoint: checkpoints },
        },
      };
    } finally {
      runtime.close();
    }
  },
});

type Plain = string | number | boolean;

function withoutNull(values: Readonly<Record<string, unknown>>): Record<string, Plain> {
  return Object.fromEntries(
    Object.entries(values).filter(
      (entry): entry is [string, Plain] => entry[1] !== null && entry[1] !== undefined,
    ),
  );
}
