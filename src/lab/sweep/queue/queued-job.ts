/** @file What a queue holds of a job: all that a machine which never saw the study needs, and what it must be to take it. */
import { DATASET_NAMES, ownSource } from '../../../io/dataset-names.ts';
import { jobDataset } from '../job-data.ts';
import { madeFile, takes } from '../job-files.ts';
import type { Facts, Job } from '../jobs.ts';
import type { Store } from '../stores/store.ts';
import { type Bits, bitsNeeded } from './bits.ts';
import { type Input, sharedOptions } from './inputs.ts';

export interface QueuedJob {
  /** Its hash and the bits that it promises: the job's number in the queue, and its folder in the store. */
  readonly key: string;
  readonly version: string;
  /** What a machine must have for its bits; null: any will do. */
  readonly bits: Bits | null;
  /** What the store says it is: another one would lack what the job takes. */
  readonly store: string;
  /** Its options name files as they lie within the folder of a worker's job. */
  readonly job: Job;
  readonly inputs: readonly Input[];
  /** What jobs before it made: names in the store, and paths within the folder. */
  readonly takes: readonly { readonly name: string; readonly path: string }[];
  /** A data set that every machine has by its name, and what must be in it. */
  readonly data: DataNeed | null;
}

export interface DataNeed {
  readonly source: string;
  readonly digest: string;
}

/** The names in the store of what a job leaves. */
export const storedResult = (key: string): string => `jobs/${key}/result.json`;
export const storedNetwork = (key: string): string => `jobs/${key}/network.safetensors`;
export const storedCheckpoint = (key: string): string => `jobs/${key}/checkpoint.safetensors`;

/** The key of a job; it is no number, which BullMQ keeps for its own. */
export function keyOf(job: Job, here: Bits): string {
  const bits = bitsNeeded(job, here);
  return `job-${job.id}${bits ? `-${bits}` : ''}`;
}

/** What decides how jobs are put into a queue. */
export interface QueueContext {
  readonly version: string;
  readonly bits: Bits;
  readonly store: Store;
  readonly storeId: string;
  readonly facts: Facts;
}

/** Describes a job for other machines; the files that it names are put into the store. */
export async function queuedJob(job: Job, context: QueueContext): Promise<QueuedJob> {
  const inputs: Input[] = [];
  const shared = async ({ whole: _, ...one }: Job): Promise<Job> => {
    const found = await sharedOptions(one.options, context.store);
    inputs.push(...found.inputs);
    return { ...one, options: found.options, parent: one.parent && (await shared(one.parent)) };
  };
  return {
    key: keyOf(job, context.bits),
    version: context.version,
    bits: bitsNeeded(job, context.bits),
    store: context.storeId,
    job: await shared(job),
    inputs: [...new Map(inputs.map((input) => [input.path, input])).values()],
    takes: takes(job).map((from) => ({
      name: storedNetwork(keyOf(from, context.bits)),
      path: madeFile('.', from),
    })),
    data: await dataNeed(job, context.facts),
  };
}

/** The data set of a job, or of the training before it; strokes are drawn, and one's own lie in the store. */
async function dataNeed(job: Job, facts: Facts): Promise<DataNeed | null> {
  const source = jobDataset(job.command, job.options);
  if (source === undefined) return job.parent ? dataNeed(job.parent, facts) : null;
  if (source === 'strokes' || ownSource(source)) return null;
  if (!DATASET_NAMES.some((name) => source.split(':')[0] === name)) return null;
  const { dataset } = await facts.digestOf(job.command, { dataset: source });
  return dataset === undefined ? null : { source, digest: dataset };
}
