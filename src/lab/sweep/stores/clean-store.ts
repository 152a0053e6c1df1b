/** @file Removes from a store what nobody has put there anew for long. All of it can be made again: a study does what it does not find. */
import { InputError } from '../../../errors.ts';
import { STORE_ID } from '../queue/store-id.ts';
import type { Store, Stored } from './store.ts';

export interface CleanRequest {
  readonly store: Store;
  /** What was put there before this time goes, as `Date.now()` has it. */
  readonly before: number;
  /** True: nothing is removed, only told. */
  readonly dryRun: boolean;
}

export interface Cleaned {
  readonly jobs: number;
  /** Files that jobs read. */
  readonly inputs: number;
  readonly bytes: number;
}

/**
 * A job's folder is as young as its youngest file, and goes as a whole; its result first, since a job whose result is there is done.
 * @throws InputError for a place that no study has used: its folders `jobs` and `files` are something else
 */
export async function cleanStore({ store, before, dryRun }: CleanRequest): Promise<Cleaned> {
  if (!(await store.has(STORE_ID)))
    throw new InputError(
      `${store.place}: expected a store that studies have used, found no ${STORE_ID} there; check the place`,
    );
  const jobs = new Map<string, Stored[]>();
  const inputs: Stored[] = [];
  for (const one of await store.list()) {
    const [, job] = /^jobs\/([^/]+)\//.exec(one.name) ?? [];
    if (job !== undefined) jobs.set(job, [...(jobs.get(job) ?? []), one]);
    else if (one.name.startsWith('files/')) inputs.push(one);
  }
  const isOld = ({ time }: Stored): boolean => time < before;
  const oldJobs = [...jobs.values()].filter((files) => files.every(isOld));
  const oldInputs = inputs.filter(isOld);
  const isResult = ({ name }: Stored): number => (name.endsWith('/result.json') ? 0 : 1);
  const old = [
    ...oldJobs.flatMap((files) => files.toSorted((a, b) => isResult(a) - isResult(b))),
    ...oldInputs,
  ];
  if (!dryRun) for (const { name } of old) await store.remove(name);
  return {
    jobs: oldJobs.length,
    inputs: oldInputs.length,
    bytes: old.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
