/**
 * @file `npm run levers`: the fixed course, and the course without each of its levers, over seeds, on validation images. Networks are
 * kept: an interrupted study resumes where it was.
 */
import { join } from 'node:path';
import { UsageError } from '../../src/errors.ts';
import { checkOutput } from '../../src/io/check-output.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { describeMachine, labelled, packageVersion } from '../../src/lab/index.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Values } from '../../src/terminal/options.ts';
import { createProgress } from '../../src/terminal/progress.ts';
import { runTool } from '../../src/terminal/tool-options.ts';
import { type Asked, applies, LEVERS, type Lever, leverRun, readCourse } from './levers.ts';
import { type Measured, measureRun } from './measure.ts';
import { LEVERS_OPTIONS, type LeversOptions } from './options.ts';
import { leversTable, type Row, rowOf } from './table.ts';

await runTool(
  {
    name: 'levers',
    says: [
      'Trains the course of bench/levers/course.json, and the course without each of its levers; prints a table in Markdown.',
    ],
    options: LEVERS_OPTIONS,
  },
  ({ values }) => study(values),
);

async function study(values: Values<LeversOptions>): Promise<void> {
  const { seeds, activation, epochs, dataset, width } = values;
  const course = readCourse();
  const asked: Asked = {
    ...{ activation, epochs, dataset, width },
    ...{ limit: values['train-limit'], validation: values.validation, batchSize: values['batch-size'] },
  };
  const wanted = values.only?.split(',');
  const unknown = wanted?.find((name) => !LEVERS.some(({ id }) => id === name));
  if (unknown !== undefined)
    throw new UsageError(
      `--only: expected some of ${LEVERS.map(({ id }) => id).join(', ')}, found ${unknown}`,
    );
  const chosen = LEVERS.filter(({ id }) => wanted?.includes(id) ?? true);
  const levers = chosen.filter((lever) => applies(course, lever, asked));
  if (values.json !== null) checkOutput(values.json);
  const started = performance.now();
  const runtime = createRuntime({ workers: values.workers });
  const progress = await createProgress(values.quiet);
  const name = Object.values(asked).map((part) => part ?? 'course');
  const folder = join(values.dir, name.join('-'));
  const place = { runtime, folder, directory: values.data ?? undefined, progress };
  const over = async (lever: Lever | null): Promise<Measured[]> => {
    const runs: Measured[] = [];
    const id = lever?.id ?? 'full';
    for (const seed of course.rule.seeds.slice(0, seeds)) {
      const run = leverRun(course, lever, asked, seed);
      runs.push(await measureRun({ ...place, progress: labelled(progress, `${id}, seed ${seed}`) }, id, run));
    }
    return runs;
  };
  try {
    const full = await over(null);
    const rows: Row[] = [rowOf('full', '(nothing: the full course)', full, null)];
    for (const lever of levers) rows.push(rowOf(lever.id, lever.says, await over(lever), full));
    console.log(leversTable(rows));
    console.log(
      `\n${rows[0]!.runs[0]!.images} validation images and ${full.length === 1 ? 'one seed' : `${full.length} seeds`}; ${course.rule.better}.`,
    );
    if (values.json !== null)
      await writeAtomic(
        values.json,
        `${JSON.stringify(
          {
            ...{ command: 'levers', version: packageVersion(), date: new Date().toISOString() },
            ...{ config: { ...asked, seeds }, course },
            ...{ machine: describeMachine(), seconds: (performance.now() - started) / 1000, rows },
          },
          null,
          2,
        )}\n`,
      );
  } finally {
    runtime.close();
  }
}
