/**
 * @file `sweep`: a study of many runs, on the cores of this machine.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../errors.ts';
import { readJson } from '../../io/files.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { studyCsv } from '../../lab/sweep/csv.ts';
import { estimate } from '../../lab/sweep/estimate.ts';
import { factsOf } from '../../lab/sweep/facts.ts';
import { gatherParts } from '../../lab/sweep/gather-parts.ts';
import { jobWords } from '../../lab/sweep/job-files.ts';
import { type Job, jobsOf } from '../../lab/sweep/jobs.ts';
import { parseStudy } from '../../lab/sweep/read-study.ts';
import { type JobOutcome, runJobs } from '../../lab/sweep/run-jobs.ts';
import type { StageCommand } from '../../lab/sweep/study.ts';
import { measuredOf, studyTables } from '../../lab/sweep/table.ts';
import { duration } from '../../report/format.ts';
import { settingText, studyTableText } from '../../report/study-text.ts';
import { COMMON_OPTIONS } from '../../terminal/common-options.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { flag, integer, text } from '../../terminal/options.ts';
import { parseOptions } from '../../terminal/parse.ts';
import { type Command, defineCommand } from '../command.ts';

export const sweep: Command = defineCommand({
  name: 'sweep',
  summary: 'a study of many runs: trained once, converted and measured in many ways',
  description:
    'Runs every job of a study (src/lab/sweep/study.schema.json) in processes of their own: a stage is a command with options that ' +
    'stay, a grid, a list or a seeded random search; it takes what the stage before it made. A job is named by the hash of all that ' +
    'decides its result, so that a repeated sweep does only what is missing, also after a kill. Jobs that fail are listed, and the ' +
    'rest goes on. The table has mean, standard deviation and 95 % interval over repetitions (other seeds).',
  positionals: [{ name: 'STUDY.json', help: 'the study' }],
  options: {
    dir: { ...text('DIR', 'where jobs keep their files'), shown: 'runs/NAME, the name in the study' },
    jobs: integer(
      availableParallelism(),
      'jobs at a time, each on one thread',
      1,
      256,
      'number of processors',
    ),
    'dry-run': flag('print the jobs and how long they may take; run none'),
    csv: text('FILE', 'also write every job and all its figures as CSV'),
  },
  examples: [
    { line: 'strelu sweep study.json --dry-run', says: 'what would be run' },
    {
      line: 'strelu sweep study.json --csv runs/study.csv --json runs/study.json',
      says: 'on all cores; again: only what is missing',
    },
  ],
  async run({ positionals, options, config, files, progress, print }) {
    const [file] = positionals as [string];
    files.reads('STUDY.json', file);
    if (options.csv !== null) files.writes('--csv', options.csv);
    const study = parseStudy(await readJson(file), file);
    const folder = options.dir ?? join('runs', study.name);
    config.dir = folder;
    files.writesInto('--dir', folder);
    const directory = options.data ?? undefined;
    const jobs = await jobsOf(study, factsOf(directory));
    await checkWords(folder, jobs);
    const guess = await estimate(folder, jobs, options.jobs);
    if (options['dry-run']) {
      for (const job of jobs) print(`${job.stage}-${job.id}  ${settingText(job.setting)}`);
      print(`\n${jobsWord(jobs.length)}, ${guess.done} of them done; ${guess.says}`);
      return { exit: 0, result: { sweep: { jobs: jobs.length, done: guess.done } } };
    }
    const stop = new AbortController();
    let running: Promise<JobOutcome[]> | null = null;
    const release = beforeInterrupt(async () => {
      stop.abort();
      await running;
      return `the same command goes on with ${folder}`;
    });
    try {
      progress.note(`${jobsWord(jobs.length)}, ${guess.done} of them done; ${guess.says}`);
      progress.start(study.name, jobs.length);
      running = runJobs({
        ...{ jobs, folder, directory, program: commandLine(), processes: options.jobs, signal: stop.signal },
        onEnd(outcome, ended) {
          if (!outcome.earlier) progress.note(line(outcome));
          progress.update(ended, `${ended} of ${jobs.length}`);
        },
      });
      const ended = await running;
      // Half a study is no result: the signal ends the program, and what was written before stays.
      if (stop.signal.aborted) await new Promise(() => {});
      progress.stop();
      const outcomes = await gatherParts(folder, ended);
      const measured = await measuredOf(folder, outcomes);
      const tables = studyTables(study, measured);
      for (const table of tables) print(studyTableText(table));
      const lost = outcomes.filter(({ state }) => state !== 'done');
      for (const outcome of lost) print(line(outcome));
      if (options.csv !== null) await writeAtomic(options.csv, studyCsv(outcomes, measured));
      const figures = new Map(measured.map(({ job, metrics }) => [job.id, metrics]));
      const told = outcomes.map(({ job, ...rest }) => ({
        ...{ id: job.id, stage: job.stage, setting: job.setting, ...rest },
        figures: figures.get(job.id) ?? {},
      }));
      return {
        exit: lost.length === 0 ? 0 : 1,
        result: { sweep: { study: study.name, jobs: told, tables } },
      };
    } finally {
      release();
    }
  },
});

/** The command line as a program of its own: from source, built, or in the package, where all modules lie in one folder. */
function commandLine(): readonly [string, ...string[]] {
  const places = ['../main.ts', '../main.js', './main.js'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const main = places.find((path) => existsSync(path))!;
  const isDeno = 'Deno' in globalThis;
  return isDeno ? [process.execPath, 'run', '--allow-all', main] : [process.execPath, main];
}

const LOAD: Readonly<Record<StageCommand, () => Promise<Command>>> = {
  train: async () => (await import('./train.ts')).train,
  convert: async () => (await import('./convert.ts')).convert,
  simulate: async () => (await import('./simulate.ts')).simulate,
  verify: async () => (await import('./verify.ts')).verify,
};

/** Every job's options are read as its command reads them, before any job begins. @throws UsageError */
async function checkWords(folder: string, jobs: readonly Job[]): Promise<void> {
  for (const job of jobs) {
    const command = await LOAD[job.command]();
    try {
      parseOptions(jobWords(folder, job).slice(1), { ...COMMON_OPTIONS, ...command.options });
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`stage ${job.stage}: ${error.message}`);
      throw error;
    }
  }
}

const jobsWord = (count: number): string => (count === 1 ? '1 job' : `${count} jobs`);

const line = ({ job, state, seconds, error }: JobOutcome): string =>
  `${job.stage} ${settingText(job.setting)}: ${error ? `${state}: ${error}` : `${state} in ${duration(seconds)}`}`;
