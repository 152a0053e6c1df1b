/**
 * @file `npm run courses`: what the training of CIFAR-10's networks cost in operations, and what they answer to all test images.
 */
import { InputError, UsageError } from '../../src/errors.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { describeMachine, packageVersion } from '../../src/lab/index.ts';
import { loadPlot } from '../../src/report/plot/load.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { createRuntime } from '../../src/runtime.ts';
import { COMMON_OPTIONS } from '../../src/terminal/common-options.ts';
import { optionLines } from '../../src/terminal/option-lines.ts';
import { text } from '../../src/terminal/options.ts';
import { parseOptions } from '../../src/terminal/parse.ts';
import { type MeasuredCourse, measureCourse } from './measure.ts';
import { coursesFigure, coursesTable } from './table.ts';

const { data, workers, help } = COMMON_OPTIONS;
const OPTIONS = {
  json: text('FILE', 'write the result as JSON'),
  svg: text('FILE', 'write the figure: accuracy against operations, beside published courses'),
  ...{ data, workers, help },
};
const HELP = [
  'Usage: npm run courses -- FILE... [options]',
  '',
  'Each FILE is a network that a recipe trained on CIFAR-10, or pretrained:NAME.',
  '',
  ...optionLines(OPTIONS),
  '',
  'Example:',
  '  npm run courses -- pretrained:cifar-vgg8-strelu-2 runs/cifar-fast-strelu.safetensors --json courses.json',
].join('\n');

try {
  const { values, positionals } = parseOptions(process.argv.slice(2), OPTIONS);
  if (values.help) console.log(HELP);
  else if (positionals.length === 0)
    throw new UsageError('courses: expected files of networks, found none; see --help');
  else await courses(positionals, values);
} catch (error) {
  if (!(error instanceof InputError || error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function courses(
  files: readonly string[],
  values: {
    readonly json: string | null;
    readonly svg: string | null;
    readonly data: string | null;
    readonly workers: number;
  },
): Promise<void> {
  const runtime = createRuntime({ workers: values.workers });
  const found: MeasuredCourse[] = [];
  try {
    for (const file of files) found.push(await measureCourse(runtime, file, values.data ?? undefined));
  } finally {
    runtime.close();
  }
  console.log(coursesTable(found));
  const origin = { version: packageVersion(), date: new Date().toISOString(), machine: describeMachine() };
  if (values.json !== null)
    await writeAtomic(
      values.json,
      `${JSON.stringify({ command: 'courses', ...origin, courses: found }, null, 2)}\n`,
    );
  if (values.svg !== null) await writeAtomic(values.svg, svgFile(coursesFigure(await loadPlot(), found)));
}
