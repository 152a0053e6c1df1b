/** @file What a queue says of the jobs of a study while they are done. Some of it may be lost on its way; all of it is looked up. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '../jobs.ts';
import { JOBS, type OpenQueue } from './open-queue.ts';

/** What was said of a job: that it is done, and what its worker said of it; or that it failed. */
export type Said = { readonly done: unknown } | 'failed';

export interface Hearing {
  /** What was said since it was asked last. */
  take(): Map<Job, Said>;
  /** Resolves when something is said, and after a time at the latest. */
  wait(ms: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param byKey the jobs by their numbers in the queue
 * @param signal wakes who waits
 * @param onRefusal told once for every reason why workers leave jobs alone
 */
export async function hearQueue(
  queue: OpenQueue,
  byKey: ReadonlyMap<string, Job>,
  signal: AbortSignal | undefined,
  onRefusal: (line: string) => void = () => {},
): Promise<Hearing> {
  const events = new queue.bullmq.QueueEvents(JOBS, queue.settings());
  events.on('error', () => {});
  let said = new Map<Job, Said>();
  let wake = (): void => {};
  const hear = (key: string, what: Said): void => {
    const job = byKey.get(key);
    if (!job) return;
    said.set(job, what);
    wake();
  };
  events.on('completed', ({ jobId, returnvalue }) => hear(jobId, { done: returnvalue }));
  events.on('failed', ({ jobId }) => hear(jobId, 'failed'));
  const refusals = new Set<string>();
  events.on('progress', ({ data }) => {
    const { refused } = data as { readonly refused?: unknown };
    if (typeof refused !== 'string' || refusals.has(refused)) return;
    refusals.add(refused);
    onRefusal(refused);
  });
  const stopped = (): void => wake();
  signal?.addEventListener('abort', stopped);
  await events.waitUntilReady();
  return {
    take() {
      const heard = said;
      said = new Map();
      return heard;
    },
    async wait(ms) {
      if (said.size > 0 || signal?.aborted) return;
      const late = new AbortController();
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, pause(ms, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
    },
    async close() {
      signal?.removeEventListener('abort', stopped);
      await events.close();
    },
  };
}
