/** @file Waits for something, but not for ever. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @returns true: it came to its end in time. What it throws in time is thrown; later it is nobody's.
 * @example
 * await inTime(1000, Promise.resolve()); // true
 */
export async function inTime(ms: number, work: Promise<unknown>): Promise<boolean> {
  const ended = new AbortController();
  const late = pause(ms, false, { signal: ended.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    ended.abort();
    work.catch(() => {});
  }
}
