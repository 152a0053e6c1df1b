/** @file Puts jobs of a study into the queue, each with all that come after it. */
import { InputError } from '../../../errors.ts';
import type { Job } from '../jobs.ts';
import { flowOf, type JobTree } from './flows.ts';
import type { OpenQueue } from './open-queue.ts';
import { type QueueContext, queuedJob } from './queued-job.ts';
import type { StudyOutcomes } from './study-outcomes.ts';

export interface JobAdder {
  /** @throws InputError when Redis does not take them */
  add(jobs: readonly Job[]): Promise<void>;
  close(): Promise<void>;
}

/** Flows in one transaction: Redis does nothing else while it takes them. */
const AT_ONCE = 100;

export function jobAdder(queue: OpenQueue, context: QueueContext, study: StudyOutcomes): JobAdder {
  const flows = new queue.bullmq.FlowProducer(queue.settings());
  flows.on('error', () => {});
  const treeOf = async (job: Job): Promise<JobTree> => {
    const after: JobTree[] = [];
    for (const next of study.openAfter(job)) after.push(await treeOf(next));
    return { queued: await queuedJob(job, context), after };
  };
  return {
    async add(jobs) {
      for (let from = 0; from < jobs.length; from += AT_ONCE) {
        const added = [];
        for (const job of jobs.slice(from, from + AT_ONCE)) added.push(flowOf(await treeOf(job)));
        await flows.addBulk(added).catch((error: unknown) => {
          throw refused(queue.place, error);
        });
      }
    },
    close: () => flows.close(),
  };
}

/** What Redis says of a job that it does not take. */
function refused(place: string, error: unknown): InputError {
  const text = error instanceof Error ? error.message : String(error);
  const remedy = /OOM/.test(text)
    ? 'its memory is full: give it more, or remove what other programs keep there'
    : 'the same command goes on with what is there';
  return new InputError(`${place}: a job could not be put into the queue (${text}); ${remedy}`);
}
