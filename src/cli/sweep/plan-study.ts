/** @file A study as it will be run: read, its jobs made, and everything that can be wrong with them said before one begins. */
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { isFile, readJson } from '../../io/files.ts';
import { checkMetrics } from '../../lab/sweep/check-metrics.ts';
import { factsOf } from '../../lab/sweep/facts.ts';
import { jobDataset, namesIn } from '../../lab/sweep/job-data.ts';
import { jobWords } from '../../lab/sweep/job-files.ts';
import { type Facts, type Job, jobsOf } from '../../lab/sweep/jobs.ts';
import type { QueueAddress } from '../../lab/sweep/queue/address.ts';
import { parseStudy } from '../../lab/sweep/read-study.ts';
import type { StageCommand, Study } from '../../lab/sweep/study.ts';
import { COMMON_OPTIONS } from '../../terminal/common-options.ts';
import type { OptionTable } from '../../terminal/options.ts';
import { parseOptions } from '../../terminal/parse.ts';
import type { Command } from '../command.ts';
import type { CommandFiles } from '../command-files.ts';
import { claimDataset } from '../options/claim-dataset.ts';
import { addressFor } from '../queue.ts';
import { refuseJobOptions, type SweepCall } from './options.ts';

export interface PlannedStudy {
  readonly study: Study;
  readonly jobs: readonly Job[];
  readonly facts: Facts;
  /** Where results lie: those of a queue apart, since a local run would take the networks for done too. */
  readonly folder: string;
  /** Where data sets are looked for first. */
  readonly directory: string | undefined;
  /** Null: on this machine. */
  readonly address: QueueAddress | null;
}

export async function planStudy(
  { options, given, config, files }: SweepCall,
  file: string,
): Promise<PlannedStudy> {
  refuseJobOptions(given);
  const address = options.queue === null ? null : addressFor(options.queue, config);
  checkQueueOptions(given, address !== null);
  files.reads('STUDY.json', file);
  if (options.csv !== null) files.writes('--csv', options.csv, ['study']);
  const study = parseStudy(await readJson(file), file);
  const dir = options.dir ?? join('runs', study.name);
  config.dir = dir;
  const folder = address ? join(dir, 'queue') : dir;
  files.writesInto('--dir', dir);
  const directory = options.data ?? undefined;
  const facts = factsOf(directory);
  const jobs = await jobsOf(study, facts);
  checkMetrics(study, await readWords(folder, jobs), file);
  await claimJobs(files, jobs, options);
  return { study, jobs, facts, folder, directory, address };
}

/** @throws UsageError for an option that would change nothing */
function checkQueueOptions(given: ReadonlySet<string>, isQueue: boolean): void {
  const useless = ['older-than', ...(isQueue ? ['jobs'] : ['store', 'metrics'])].find((name) =>
    given.has(name),
  );
  if (useless === undefined) return;
  const where = useless === 'older-than' ? 'without the word clean' : 'without --queue';
  throw new UsageError(
    useless === 'jobs'
      ? '--jobs: would change nothing: with --queue every worker has its own; leave it out'
      : `--${useless}: would change nothing ${where}; leave it out`,
  );
}

const LOAD: Readonly<Record<StageCommand, () => Promise<Command>>> = {
  train: async () => (await import('../commands/train.ts')).train,
  convert: async () => (await import('../commands/convert.ts')).convert,
  simulate: async () => (await import('../commands/simulate.ts')).simulate,
  verify: async () => (await import('../commands/verify.ts')).verify,
};

/**
 * Reads every job's options as its command reads them.
 * @returns the most steps that a job of a stage has, by the stage's name
 * @throws UsageError
 */
async function readWords(folder: string, jobs: readonly Job[]): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  for (const job of jobs) {
    const command = await LOAD[job.command as StageCommand]();
    try {
      const table: OptionTable = { ...COMMON_OPTIONS, ...command.options };
      const { steps } = parseOptions(jobWords(folder, job).slice(1), table).values;
      const own = [steps ?? 1].flat().map(Number); // some commands have one number, others several
      most.set(job.stage, Math.max(...own, most.get(job.stage) ?? 1));
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`stage ${job.stage}: ${error.message}`);
      throw error;
    }
  }
  return most;
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
