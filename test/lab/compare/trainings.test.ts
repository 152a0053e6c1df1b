import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { refuseUseless } from '../../../src/cli/options/refuse-useless.ts';
import { RUN_OPTIONS } from '../../../src/cli/options/training.ts';
import { DATASET_NAMES } from '../../../src/io/open-dataset.ts';
import { TRAININGS, trainingRun } from '../../../src/lab/compare/trainings.ts';
import { recordOf, runOf } from '../../../src/lab/training/run-record.ts';
import { trainCommand } from '../../../src/lab/training/train-command.ts';
import { integer } from '../../../src/terminal/options.ts';
import { parseOptions } from '../../../src/terminal/parse.ts';

test('every training is what `train` makes of its words, none of them useless; all share the course', () => {
  const numbers = fc.record({
    epochs: fc.option(fc.integer({ min: 1, max: 9 })),
    width: fc.option(fc.integer({ min: 1, max: 8 }).map((eighths) => eighths / 8)),
    limit: fc.option(fc.integer({ min: 1, max: 9 })),
    seed: fc.nat(9),
    model: fc.option(fc.constantFrom('lenet' as const, 'vgg11' as const)),
  });
  fc.assert(
    fc.property(fc.constantFrom(...DATASET_NAMES), numbers, (dataset, chosen) => {
      const runs = TRAININGS.map((training) => trainingRun(training, { dataset, ...chosen }));
      for (const run of runs) {
        const table = { ...RUN_OPTIONS, seed: integer(1, '') };
        const { values, given } = parseOptions(trainCommand(recordOf(run)).split(' ').slice(2), table);
        assert.deepEqual(runOf(values), run);
        refuseUseless(values, given);
        const common = Object.keys(run).filter((name) => !TRAININGS.some((training) => name in training.run));
        for (const name of common as (keyof typeof run)[]) assert.equal(run[name], runs[0]![name]);
        if (chosen.epochs !== null) assert.equal(run.epochs, chosen.epochs);
      }
    }),
    { numRuns: 20 },
  );
});
