/** @file The results of a study in its store: brought into the folder that a local run has them in. */
import { isFile, readBytes } from '../../../io/files.ts';
import { writeCopy } from '../../../io/write-atomic.ts';
import { resultFile, takes } from '../job-files.ts';
import type { Job } from '../jobs.ts';
import type { Store } from '../stores/store.ts';
import type { Bits } from './bits.ts';
import { inParts } from './in-parts.ts';
import { keyOf, storedNetwork, storedResult } from './queued-job.ts';
import type { StudyOutcomes } from './study-outcomes.ts';

export interface ResultPlace {
  readonly store: Store;
  readonly bits: Bits;
  readonly folder: string;
}

/** Whether the store has the result of a job; it then lies in the folder too, as the store has it. */
export async function bringResult({ store, bits, folder }: ResultPlace, job: Job): Promise<boolean> {
  const bytes = await store.get(storedResult(keyOf(job, bits)));
  if (bytes === null) return false;
  const path = resultFile(folder, job);
  const known = (await isFile(path)) ? await readBytes(path) : null;
  if (known === null || !isEqual(known, bytes)) await writeCopy(path, bytes);
  return true;
}

const isEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/**
 * Ends every job whose result is in the store. A network may be gone from there although the result of its job is not, as after
 * something tidied up: where a job still needs it, that result is removed, so that the network is made again.
 */
export async function endThoseInStore(
  place: ResultPlace,
  jobs: readonly Job[],
  study: StudyOutcomes,
): Promise<void> {
  const found = new Set<Job>();
  await inParts(jobs, async (job) => {
    if (await bringResult(place, job)) found.add(job);
  });
  const needed = new Set<string>();
  for (const job of jobs.toReversed()) {
    if (found.has(job) && needed.has(job.id) && !(await hasNetwork(place, job))) {
      await place.store.remove(storedResult(keyOf(job, place.bits)));
      found.delete(job);
    }
    if (!found.has(job)) for (const { id } of takes(job)) needed.add(id);
  }
  for (const job of jobs) if (found.has(job)) study.end(job, { state: 'done', earlier: true, seconds: 0 });
}

const hasNetwork = ({ store, bits }: ResultPlace, job: Job): Promise<boolean> =>
  store.has(storedNetwork(keyOf(job, bits)));
