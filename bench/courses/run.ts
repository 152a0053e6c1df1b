/**
 * @file `npm run courses`: what the training of CIFAR-10's networks cost in operations, and what they answer to all test images.
 */
import { UsageError } from '../../src/errors.ts';
import { checkOutput } from '../../src/io/check-output.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { describeMachine, packageVersion } from '../../src/lab/index.ts';
import { loadPlot } from '../../src/report/plot/load.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { createRuntime } from '../../src/runtime.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { text } from '../../src/terminal/options.ts';
import { runTool } from '../../src/terminal/tool-options.ts';
import { type MeasuredCourse, measureCourse } from './measure.ts';
import { coursePairs, coursesFigure, coursesTable } from './table.ts';

const { data, workers } = COMMON_OPTIONS;
const OPTIONS = {
  json: text('FILE', 'write the result as JSON'),
  svg: text('FILE', 'write the figure: accuracy against operations, beside published courses'),
  ...{ data, workers },
};
await runTool(
  {
    name: 'courses',
    says: [
      'What the training of networks cost, and what they answer to all test images of CIFAR-10. Each FILE is a network that a recipe',
      'trained on it, or pretrained:NAME. The first is held beside each other one on the same images, by the exact McNemar test.',
      'Example: npm run courses -- pretrained:cifar-vgg8-strelu-2 runs/cifar-fast-strelu.safetensors --json courses.json',
    ],
    words: 'FILE...',
    options: OPTIONS,
  },
  ({ values, positionals }) => {
    if (positionals.length === 0) throw new UsageError('expected files of networks, found none; see --help');
    return courses(positionals, values);
  },
);

async function courses(
  files: readonly string[],
  values: {
    readonly json: string | null;
    readonly svg: string | null;
    readonly data: string | null;
    readonly workers: number;
  },
): Promise<void> {
  for (const path of [values.json, values.svg]) if (path !== null) checkOutput(path);
  const runtime = createRuntime({ workers: values.workers });
  const found: MeasuredCourse[] = [];
  try {
    for (const file of files) found.push(await measureCourse(runtime, file, values.data ?? undefined));
  } finally {
    runtime.close();
  }
  console.log(coursesTable(found));
  if (found.length > 1) console.log(`\n${coursePairs(found)}`);
  const origin = { version: packageVersion(), date: new Date().toISOString(), machine: describeMachine() };
  if (values.json !== null)
    await writeAtomic(
      values.json,
      `${JSON.stringify({ command: 'courses', ...origin, courses: found }, null, 2)}\n`,
    );
  if (values.svg !== null) await writeAtomic(values.svg, svgFile(coursesFigure(await loadPlot(), found)));
}
