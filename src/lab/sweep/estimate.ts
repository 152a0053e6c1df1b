/** @file How long the jobs that are left may take, by those of their stage that are done. */
import { isFile, readJson } from '../../io/files.ts';
import { duration } from '../../report/format.ts';
import { resultFile } from './job-files.ts';
import type { Job } from './jobs.ts';

export interface Estimate {
  /** Jobs whose result is there. */
  readonly done: number;
  /** In words: how long the others may take, as far as that can be known. */
  readonly says: string;
}

/** @param processes how many jobs run at a time */
export async function estimate(folder: string, jobs: readonly Job[], processes: number): Promise<Estimate> {
  const took = new Map<string, number[]>();
  const left: Job[] = [];
  for (const job of jobs) {
    const path = resultFile(folder, job);
    if (!(await isFile(path))) left.push(job);
    else took.set(job.stage, [...(took.get(job.stage) ?? []), await secondsOf(path)]);
  }
  const unknown = [...new Set(left.filter(({ stage }) => !took.has(stage)).map(({ stage }) => stage))];
  const seconds = left.reduce((sum, { stage }) => sum + mean(took.get(stage) ?? [0]), 0) / processes;
  const says = [
    ...(left.length === 0 ? ['nothing is left to do'] : []),
    ...(seconds > 0 ? [`about ${duration(seconds)} for what is left, by the jobs that are done`] : []),
    ...(unknown.length > 0
      ? [`no job of ${unknown.join(', ')} is done yet: how long they take is not known`]
      : []),
  ];
  return { done: jobs.length - left.length, says: says.join('; ') };
}

async function secondsOf(path: string): Promise<number> {
  const found = (await readJson(path)) as { readonly seconds?: unknown } | null;
  return typeof found?.seconds === 'number' ? found.seconds : 0;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
