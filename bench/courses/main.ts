/** @file Courses measured, put among those of an earlier run, shown and written. */
import { UsageError } from '../../src/errors.ts';
import { checkOutput } from '../../src/io/check-output.ts';
import { writeAtomic } from '../../src/io/write-atomic.ts';
import { describeMachine, packageVersion } from '../../src/lab/index.ts';
import { loadPlot } from '../../src/report/plot/load.ts';
import { svgFile } from '../../src/report/svg/figure.ts';
import { createRuntime } from '../../src/runtime.ts';
import { merged, type OfRuns, originsOf, type RunOrigin, readRuns, withRun } from '../origins.ts';
import { type MeasuredCourse, measureCourse } from './measure.ts';
import { seedsTable } from './seeds.ts';
import { coursePairs, coursesFigure, coursesTable } from './table.ts';

/** What `--json` writes. */
export interface CoursesFile extends OfRuns {
  readonly courses: readonly MeasuredCourse[];
}

export interface CoursesAsked {
  readonly into: string | null;
  readonly beside: string | null;
  readonly json: string | null;
  readonly svg: string | null;
  readonly data: string | null;
  readonly workers: number;
}

const runOf = ({ version, date, machine }: RunOrigin): RunOrigin => ({ version, date, machine });
const thisRun = (): RunOrigin => ({
  version: packageVersion(),
  date: new Date().toISOString(),
  machine: describeMachine(),
});

/**
 * @param files trained networks, or pretrained:NAME
 * @throws InputError for a network whose course is not known, or a file of something else; UsageError for a name that no course has
 */
export async function courses(
  files: readonly string[],
  asked: CoursesAsked,
  say: (text: string) => void = console.log,
): Promise<void> {
  for (const path of [asked.json, asked.svg]) if (path !== null) checkOutput(path);
  const earlier =
    asked.into === null ? null : await readRuns<'courses', CoursesFile>(asked.into, 'courses', 'courses');
  const found: MeasuredCourse[] = [];
  const runtime = createRuntime({ workers: files.length > 0 ? asked.workers : 1 });
  try {
    for (const file of files) found.push(await measureCourse(runtime, file, asked.data ?? undefined));
  } finally {
    runtime.close();
  }
  const all = merged(earlier?.courses ?? [], found);
  say(coursesTable(all));
  const run = earlier && found.length === 0 ? runOf(earlier) : thisRun(); // what nothing was added to keeps its date
  const now = { ...run, networks: found.map(({ name }) => name) };
  const origins = earlier && withRun(originsOf(earlier, earlier.courses), now);
  const result = { command: 'courses', ...run, ...(origins && { origins }), courses: all };
  if (asked.json !== null) await writeAtomic(asked.json, `${JSON.stringify(result, null, 2)}\n`);
  if (asked.svg !== null) await writeAtomic(asked.svg, svgFile(coursesFigure(await loadPlot(), all)));
  // the table and the files are there, whatever name was asked for
  const names = all.map(({ name }) => name);
  if (asked.beside !== null && !names.includes(asked.beside))
    throw new UsageError(`--beside ${asked.beside}: expected one of ${names.join(', ')}; choose one`);
  if (all.length > 1) say(`\n${coursePairs(all, asked.beside ?? undefined)}`);
  const overSeeds = all.length > 1 ? seedsTable(all, asked.beside ?? all[0]!.name) : '';
  if (overSeeds !== '') say(`\n${overSeeds}`);
}
