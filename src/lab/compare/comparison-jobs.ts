/**
 * @file A comparison as a study of the local runner: every contender is a job, itself a comparison of that one alone, which leaves its
 * network and its figures in the cache by what decides them. The whole comparison then finds them there, and comes to the same.
 */
import { rm, rmdir } from 'node:fs/promises';
import { readJson } from '../../io/files.ts';
import { canonicalDigest } from '../canonical-digest.ts';
import { jobFolder, resultFile } from '../sweep/job-files.ts';
import type { Job } from '../sweep/jobs.ts';
import { type RunJobsRequest, runJobs } from '../sweep/run-jobs.ts';
import type { Setting } from '../sweep/study.ts';
import { packageVersion } from '../version.ts';
import type { Contender } from './contenders.ts';

export interface ComparisonPlan {
  /** Id of the contender that ratios are against. */
  readonly baseline: string;
  /** What decides a result beside the options, such as the digest of the images. */
  readonly decides: unknown;
  /** Ids of contenders that need no job. */
  readonly known: ReadonlySet<string>;
  /** The options of a comparison that needs the networks of these trainings. */
  optionsFor(trainings: readonly string[]): Setting;
}

/**
 * A job for each contender, in an order in which they can be done: contenders of one training come after its first, which trains it; an
 * exact mode, which nothing is held against, after the baseline. Exact modes, which run anew for each T, take longest: they begin as
 * soon as every training has its first.
 */
export function comparisonJobs(
  contenders: readonly Contender[],
  { baseline, optionsFor, decides, known }: ComparisonPlan,
): Job[] {
  const held = contenders.find(({ id }) => id === baseline)!;
  const made = new Map<string, Job>();
  const ofTraining = new Map<string, Job>();
  const jobOf = ({ id, training, schedule }: Contender): Job => {
    const isLayered = schedule === 'layered';
    const parent = isLayered ? (ofTraining.get(training) ?? null) : (made.get(baseline) ?? null);
    const own: Setting = isLayered
      ? { ...optionsFor([training]), methods: id, reference: id }
      : { ...optionsFor([held.training, training]), methods: `${baseline},${id}`, reference: baseline };
    const hash = canonicalDigest({ version: packageVersion(), command: 'compare', options: own, decides });
    const job = {
      id: hash.slice(0, 20),
      stage: id,
      command: 'compare',
      options: own,
      parent,
      setting: {},
    } as const;
    made.set(id, job);
    if (isLayered && !ofTraining.has(training)) ofTraining.set(training, job);
    return job;
  };
  const unknown = contenders.filter(({ id }) => !known.has(id));
  const exact = unknown.filter(({ schedule }) => schedule === 'settling');
  const layered = unknown
    .filter(({ schedule }) => schedule === 'layered')
    .toSorted((a, b) => Number(b.id === baseline) - Number(a.id === baseline));
  const isFirst = ({ training }: Contender, at: number): boolean =>
    layered.findIndex((other) => other.training === training) === at;
  const firsts = layered.filter(isFirst);
  return [...firsts, ...exact, ...layered.filter((one) => !firsts.includes(one))].map(jobOf);
}

/**
 * Runs them. A job that fails is told; the whole comparison will meet its error itself.
 * @returns how many contenders the jobs computed, which the cache did not have before
 */
export async function fillCache(
  request: Omit<RunJobsRequest, 'onEnd'>,
  tell: (line: string) => void,
): Promise<number> {
  const { jobs, folder } = request;
  let computed = 0;
  const outcomes = await runJobs({
    ...request,
    onEnd: ({ job, state, error }, ended) =>
      tell(`${ended}/${jobs.length} ${job.stage}: ${error === undefined ? state : `${state}: ${error}`}`),
  });
  for (const { job, state, earlier } of outcomes) {
    if (state !== 'done') continue;
    if (!earlier) {
      const { cached } = (await readJson(resultFile(folder, job))) as { readonly cached?: unknown };
      const asked = String(job.options.methods).split(',').length;
      if (typeof cached === 'number' && cached < asked) computed++;
    }
    await rm(jobFolder(folder, job), { recursive: true, force: true });
  }
  await rmdir(folder).catch(() => {}); // what failed may be looked at
  return computed;
}
