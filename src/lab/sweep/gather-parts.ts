/** @file The parts of large evaluations, once they are done, as the one job that each evaluation is. */
import { InputError } from '../../errors.ts';
import { isFile, readJson } from '../../io/files.ts';
import { writeAtomic } from '../../io/write-atomic.ts';
import { type Result, resultText } from '../../report/result.ts';
import { mergeParts, type PartResult } from '../simulate/merge-parts.ts';
import { resultFile } from './job-files.ts';
import type { Job } from './jobs.ts';
import type { JobOutcome } from './run-jobs.ts';

/**
 * The merged result lies where that of the whole job would; it is merged once.
 * @returns outcomes in their order, those of parts as one at the place of the first
 */
export async function gatherParts(folder: string, outcomes: readonly JobOutcome[]): Promise<JobOutcome[]> {
  const groups = new Map<string, JobOutcome[]>();
  for (const outcome of outcomes) {
    const { stage, id } = outcome.job.whole ?? outcome.job;
    const key = `${stage} ${id}`; // a stage without shards may ask for the same
    groups.set(key, [...(groups.get(key) ?? []), outcome]);
  }
  const gathered: JobOutcome[] = [];
  for (const group of groups.values()) {
    const { whole } = group[0]!.job;
    if (whole) gathered.push(await gather(folder, whole, group));
    else gathered.push(...group);
  }
  return gathered;
}

async function gather(folder: string, whole: Job, parts: readonly JobOutcome[]): Promise<JobOutcome> {
  const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
  const earlier = parts.every((part) => part.earlier);
  const lost = parts.find(({ state }) => state === 'failed') ?? parts.find(({ state }) => state !== 'done');
  if (lost) {
    const error = `part ${lost.job.options.shard}: ${lost.error ?? lost.state}`;
    return { job: whole, state: lost.state, earlier, seconds, error };
  }
  const path = resultFile(folder, whole);
  try {
    if (!(await isFile(path))) {
      const results = await Promise.all(parts.map(({ job }) => readPart(resultFile(folder, job))));
      const merged = mergeParts(results, `stage ${whole.stage}`) as Result;
      await writeAtomic(path, resultText({ ...merged, config: { ...merged.config, json: path } }));
    }
    return { job: whole, state: 'done', earlier, seconds };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { job: whole, state: 'failed', earlier, seconds, error: error.message };
  }
}

async function readPart(path: string): Promise<PartResult> {
  const found = (await readJson(path)) as Partial<PartResult> | null;
  const { part, images } = found ?? {};
  const whole =
    typeof part?.shard === 'string' && Array.isArray(part.runs) && part.costs?.range !== undefined;
  if (!whole || typeof images !== 'number')
    throw new InputError(
      `${path}: expected a result of a part of the test images, found another; remove it and run again`,
    );
  return found as PartResult;
}
