/** @file The options of `sweep`, and one use of it. */
import { availableParallelism } from 'node:os';
import { UsageError } from '../../errors.ts';
import { flag, integer, integerOrNull, type Option, text } from '../../terminal/options.ts';
import type { Call } from '../command.ts';
import { QUEUE_OPTIONS, type QueueOptions } from '../queue.ts';

export type SweepOptions = QueueOptions & {
  readonly dir: Option<string | null>;
  readonly jobs: Option<number>;
  readonly 'dry-run': Option<boolean>;
  readonly csv: Option<string | null>;
  readonly 'older-than': Option<number | null>;
};

export type SweepCall = Call<SweepOptions>;

export const SWEEP_OPTIONS: SweepOptions = {
  dir: { ...text('DIR', 'where jobs keep their files'), shown: 'runs/NAME, the name in the study' },
  jobs: integer(availableParallelism(), 'jobs at a time, each on one thread', 1, 256, 'number of processors'),
  'dry-run': flag('print the jobs and how long they may take; run none (clean: print what would be removed)'),
  csv: text('FILE', 'also write every job and all its figures as CSV'),
  ...QUEUE_OPTIONS,
  'older-than': integerOrNull('', 'clean: days that what is removed was left alone for', 0, 100_000),
};

/** @throws UsageError for an option that is given and would change nothing @param where such as 'for sweep status' */
export function takesOnly(given: ReadonlySet<string>, taken: readonly string[], where: string): void {
  const useless = [...given].find((name) => !taken.includes(name));
  if (useless !== undefined)
    throw new UsageError(`--${useless}: would change nothing ${where}; leave it out`);
}

/** What every job of a study has by itself. */
const OF_JOBS = ['kernels', 'workers', 'deterministic', 'seed'];

/** @throws UsageError for an option of jobs that is given to the command that runs them */
export function refuseJobOptions(given: ReadonlySet<string>): void {
  const useless = OF_JOBS.find((name) => given.has(name));
  if (useless !== undefined)
    throw new UsageError(`--${useless}: would change nothing: a study says it for its jobs; leave it out`);
}
