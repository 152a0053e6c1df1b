/** @file Why a worker does not take a job: it would come to other bits, or has not what the job needs. Others may take it. */
import type { Facts } from '../jobs.ts';
import type { Bits } from './bits.ts';
import type { QueuedJob } from './queued-job.ts';

/** What a worker is. */
export interface Here {
  readonly version: string;
  readonly bits: Bits;
  /** What its store says it is. @param expected known already where it is that */
  storeId(expected: string): Promise<string>;
  readonly facts: Facts;
}

const FUSED: Readonly<Record<Bits, string>> = {
  fused: 'fused multiply-adds',
  separate: 'separate products and sums',
  plain: 'no vectors',
};

/** @returns a reason that names what was expected and found, and the remedy; null: it takes the job */
export async function refusalOf(queued: QueuedJob, here: Here): Promise<string | null> {
  if (queued.version !== here.version)
    return `version: expected strelu ${queued.version}, which the study is of, found ${here.version}; install that version here`;
  if (queued.bits !== null && queued.bits !== here.bits)
    return `instruction set: expected ${FUSED[queued.bits]}, which the study began with, found ${FUSED[here.bits]}; the last bits would differ: use machines of one kind, or the option deterministic in the study`;
  const store = await here.storeId(queued.store);
  if (queued.store !== store)
    return `store: expected the one that the study has (${queued.store}), found another (${store}); name the same --store`;
  if (queued.data === null) return null;
  const { source, digest } = queued.data;
  try {
    const { dataset } = await here.facts.digestOf('train', { dataset: source });
    if (dataset === digest) return null;
    return `data set ${source}: expected the images that the study has, found others; download it again`;
  } catch (error) {
    return `data set ${error instanceof Error ? error.message : String(error)}`;
  }
}
