/**
 * @file `npm run ablation`: trains the same small network once for each change to its training and prints what each is worth, in the
 * ANN and in the SNN made of it. Networks are kept: an interrupted study resumes.
 */
import { join } from 'node:path';
import { take } from '../../src/data/dataset.ts';
import { checkOutput } from '../../src/io/check-output.ts';
import { openDataset } from '../../src/io/open-dataset.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { describeMachine, packageVersion, TRAINING_DEFAULTS, type TrainingRun } from '../../src/lab/index.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Values } from '../../src/terminal/options.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { runTool } from '../../src/terminal/tool-options.ts';
import { changes } from './changes.ts';
import { measureChange } from './measure.ts';
import { ABLATION_OPTIONS, type AblationOptions } from './options.ts';
import { type Ablation, ablationTable } from './table.ts';

await runTool(
  {
    name: 'ablation',
    says: ['Trains one small network for each change to the training and prints a table in Markdown.'],
    options: ABLATION_OPTIONS,
  },
  ({ values }) => table(values),
);

async function table(values: Values<AblationOptions>): Promise<void> {
  const { dataset, model, width, epochs, limit, steps, images, workers } = values;
  const common: TrainingRun = {
    ...TRAINING_DEFAULTS,
    dataset,
    model,
    width,
    epochs,
    limit,
    batchSize: 128,
    learningRate: 0.1,
    warmup: Math.min(1, epochs / 5),
    labelSmoothing: 0.1,
    crop: 4,
    flip: true,
    seed: 1,
  };
  const directory = values.data ?? undefined;
  const all = await openDataset(dataset, 'test', { directory, seed: common.seed });
  const test = take(all, images);
  if (values.json !== null) checkOutput(values.json);
  const runtime = createRuntime({ workers });
  try {
    const study = {
      runtime,
      common,
      folder: join(values.dir, `${dataset}-${model}-${width}-${epochs}-${limit}`),
      directory,
      test,
      steps,
      progress: await createProgress(values.quiet),
    };
    const found: Ablation['changes'][number][] = [];
    for (const change of changes(epochs))
      found.push({ says: change.says, ...(await measureChange(study, change)) });
    const ablation: Ablation = {
      ...{ dataset, model, width, epochs, limit: common.limit!, seed: common.seed, steps },
      ...{ annImages: all.count, snnImages: test.count, changes: found },
    };
    console.log(ablationTable(ablation));
    if (values.json === null) return;
    const origin = { version: packageVersion(), date: new Date().toISOString(), machine: describeMachine() };
    await writeAtomic(
      values.json,
      `${JSON.stringify({ command: 'ablation', ...origin, ablation }, null, 2)}\n`,
    );
  } finally {
    runtime.close();
  }
}
