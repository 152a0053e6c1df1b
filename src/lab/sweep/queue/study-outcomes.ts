/** @file How the jobs of a study have ended so far, and which may be done next. */
import type { Job } from '../jobs.ts';
import type { JobOutcome } from '../run-jobs.ts';

/** How a job ended, without the job. */
export type End = Omit<JobOutcome, 'job'>;

export interface StudyOutcomes {
  /** How many have ended. */
  count(): number;
  has(job: Job): boolean;
  /** A job ends once: what is said of it later is not heard. Those that need one that failed are left out. */
  end(job: Job, end: End): void;
  /** Jobs that have not ended and need none that has not. */
  ready(): Job[];
  /** Jobs right after one that have not ended. */
  openAfter(job: Job): Job[];
  /** Those that ended, in the order of the jobs. */
  inOrder(): JobOutcome[];
}

/** @param onEnd called when a job has ended, in the order of their ends */
export function studyOutcomes(
  jobs: readonly Job[],
  onEnd: (outcome: JobOutcome, ended: number) => void = () => {},
): StudyOutcomes {
  const outcomes = new Map<string, JobOutcome>();
  const after = new Map<string, Job[]>();
  for (const job of jobs)
    if (job.parent) after.set(job.parent.id, [...(after.get(job.parent.id) ?? []), job]);
  const has = ({ id }: Job): boolean => outcomes.has(id);
  const openAfter = ({ id }: Job): Job[] => (after.get(id) ?? []).filter((next) => !has(next));
  const end = (job: Job, how: End): void => {
    if (has(job)) return;
    const outcome = { job, ...how };
    outcomes.set(job.id, outcome);
    onEnd(outcome, outcomes.size);
    if (how.state === 'done') return;
    const error = `${job.stage} is not there`;
    for (const next of openAfter(job)) end(next, { state: 'left out', earlier: false, seconds: 0, error });
  };
  return {
    ...{ has, openAfter, end },
    count: () => outcomes.size,
    ready: () =>
      jobs.filter((job) => !has(job) && (!job.parent || outcomes.get(job.parent.id)?.state === 'done')),
    inOrder: () => jobs.flatMap(({ id }) => outcomes.get(id) ?? []),
  };
}
