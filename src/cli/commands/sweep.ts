/**
 * @file `sweep`: a study of many runs, on the cores of this machine or over a queue on many.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UsageError } from '../../errors.ts';
import { isFile, readJson } from '../../io/files.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { studyCsv } from '../../lab/sweep/csv.ts';
import { estimate } from '../../lab/sweep/estimate.ts';
import { factsOf } from '../../lab/sweep/facts.ts';
import { gatherParts } from '../../lab/sweep/gather-parts.ts';
import { jobDataset, namesIn } from '../../lab/sweep/job-data.ts';
import { jobWords } from '../../lab/sweep/job-files.ts';
import { type Job, jobsOf } from '../../lab/sweep/jobs.ts';
import { bitsHere } from '../../lab/sweep/queue/bits.ts';
import { queueJobs } from '../../lab/sweep/queue/queue-jobs.ts';
import { storeId } from '../../lab/sweep/queue/store-id.ts';
import { parseStudy } from '../../lab/sweep/read-study.ts';
import { type JobOutcome, runJobs } from '../../lab/sweep/run-jobs.ts';
import type { StageCommand } from '../../lab/sweep/study.ts';
import { measuredOf, studyTables } from '../../lab/sweep/table.ts';
import { packageVersion } from '../../lab/version.ts';
import { duration } from '../../report/format.ts';
import { settingText, studyTableText } from '../../report/study-text.ts';
import { COMMON_OPTIONS } from '../../terminal/common-options.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { flag, integer, text } from '../../terminal/options.ts';
import { parseOptions } from '../../terminal/parse.ts';
import { type Command, defineCommand } from '../command.ts';
import type { CommandFiles } from '../command-files.ts';
import { claimDataset } from '../options/claim-dataset.ts';
import { ownProgram } from '../own-program.ts';
import { addressFor, openForCommand, QUEUE_OPTIONS, storeFor } from '../queue.ts';
import { sweepStatus } from '../sweep-status.ts';

export const sweep: Command = defineCommand({
  name: 'sweep',
  summary: 'a study of many runs: trained once, converted and measured in many ways',
  description:
    'Runs every job of a study (src/lab/sweep/study.schema.json) in processes of their own: a stage is a command with options that ' +
    'stay, a grid, a list or a seeded random search; it takes what the stage before it made. A job is named by the hash of all that ' +
    'decides its result, so that a repeated sweep does only what is missing, also after a kill. Jobs that fail are listed, and the ' +
    'rest goes on. The table has mean, standard deviation and 95 % interval over repetitions (other seeds). With --queue the jobs are ' +
    'done by "strelu worker" on any number of machines; "strelu sweep status --queue URL" says how far they are.',
  positionals: [{ name: 'STUDY.json', help: 'the study; or the word status' }],
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
    ...QUEUE_OPTIONS,
  },
  examples: [
    { line: 'strelu sweep study.json --dry-run', says: 'what would be run' },
    {
      line: 'strelu sweep study.json --csv runs/study.csv --json runs/study.json',
      says: 'on all cores; again: only what is missing',
    },
    {
      line: 'strelu sweep study.json --queue redis://10.0.0.1 --store /mnt/shared',
      says: 'on every machine that runs "strelu worker" with that queue and store',
    },
    { line: 'strelu sweep status --queue redis://10.0.0.1', says: 'jobs, workers, rate, time left' },
  ],
  async run({ positionals, options, given, config, files, progress, print }) {
    const [file] = positionals as [string];
    if (file === STATUS) return sweepStatus({ options, given, config, progress, print });
    const address = options.queue === null ? null : addressFor(options.queue, config);
    checkQueueOptions(given, address !== null);
    files.reads('STUDY.json', file);
    if (options.csv !== null) files.writes('--csv', options.csv, ['study']);
    const study = parseStudy(await readJson(file), file);
    const dir = options.dir ?? join('runs', study.name);
    config.dir = dir;
    // results alone are fetched from a store: a local run would take the networks for done too
    const folder = address ? join(dir, 'queue') : dir;
    files.writesInto('--dir', dir);
    const directory = options.data ?? undefined;
    const facts = factsOf(directory);
    const jobs = await jobsOf(study, facts);
    await checkWords(folder, jobs);
    await claimJobs(files, jobs, options);
    const guess = await estimate(folder, jobs, options.jobs);
    if (options['dry-run']) {
      for (const job of jobs) print(`${job.stage}-${job.id}  ${settingText(job.setting)}`);
      print(`\n${jobsWord(jobs.length)}, ${guess.done} of them done; ${guess.says}`);
      return { exit: 0, result: { sweep: { jobs: jobs.length, done: guess.done } } };
    }
    const store = address && (await storeFor(options.store, config));
    const open = address && (await openForCommand('sweep', address, options.metrics, progress));
    const id = store && (await storeId(store));
    const stop = new AbortController();
    let running: Promise<JobOutcome[]> | null = null;
    const release = beforeInterrupt(async () => {
      stop.abort();
      // a server that is gone would be waited for
      await Promise.race([running, ...(open ? [pause(LEAVE_MS)] : [])]);
      const stays = open ? 'the jobs stay in the queue, and ' : '';
      return `${stays}the same command goes on with ${folder}`;
    });
    try {
      progress.note(`${jobsWord(jobs.length)}, ${guess.done} of them done; ${guess.says}`);
      progress.start(study.name, jobs.length);
      const watched = {
        ...{ jobs, folder, signal: stop.signal },
        onEnd(outcome: JobOutcome, ended: number) {
          if (!outcome.earlier) progress.note(line(outcome));
          progress.update(ended, `${ended} of ${jobs.length}`);
        },
      };
      running =
        open && store && id !== null
          ? queueJobs({
              ...watched,
              queue: open.queue,
              context: { version: packageVersion(), bits: bitsHere(), store, storeId: id, facts },
              onRefusal: (reason) => progress.note(`a worker leaves jobs to others: ${reason}`),
            })
          : runJobs({ ...watched, directory, program: ownProgram(), processes: options.jobs });
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
      await open?.close();
    }
  },
});

/** How long an interrupted sweep waits for the queue. */
const LEAVE_MS = 3000;

/** In place of a study: how far the queue is. */
const STATUS = 'status';

/** @throws UsageError for an option that would change nothing */
function checkQueueOptions(given: ReadonlySet<string>, isQueue: boolean): void {
  const useless = (isQueue ? ['jobs'] : ['store', 'metrics']).find((name) => given.has(name));
  if (useless === undefined) return;
  throw new UsageError(
    isQueue
      ? `--${useless}: would change nothing: with --queue every worker has its own; leave it out`
      : `--${useless}: would change nothing without --queue; leave it out`,
  );
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

/** What the jobs read is left alone. @throws UsageError when a result would go there */
async function claimJobs(
  files: CommandFiles,
  jobs: readonly Job[],
  places: { readonly data: string | null },
): Promise<void> {
  const claimed = new Set<string>();
  for (const { command, options } of jobs) {
    for (const [name, value] of Object.entries(options))
      if (typeof value === 'string' && name !== 'dataset' && (await isFile(value))) files.reads(name, value);
    const source = jobDataset(command, options);
    const names = namesIn(options)?.join() ?? null;
    if (source === undefined || claimed.has(`${source} ${names}`)) continue;
    claimed.add(`${source} ${names}`);
    await claimDataset(files, source, { names }, places);
  }
}

const jobsWord = (count: number): string => (count === 1 ? '1 job' : `${count} jobs`);

const line = ({ job, state, seconds, error }: JobOutcome): string =>
  `${job.stage} ${settingText(job.setting)}: ${error ? `${state}: ${error}` : `${state} in ${duration(seconds)}`}`;
