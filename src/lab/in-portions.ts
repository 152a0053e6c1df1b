/**
 * @file Long work on many images, in portions between which the program breathes: signals are heard, progress is drawn. How large a
 * portion is follows from how long the last one took, so no result may depend on it.
 */
import { setImmediate } from 'node:timers/promises';

/** What a portion should take: half of the time within which Ctrl-C is to be heard. */
const PORTION_MS = 1000;
/** A portion is at most this many times the one before: the first ones, and the first after a pause, say little. */
const GROWTH = 8;
/** Larger portions are a multiple of this: engines take so many images at once. */
const ROUND = 16;

/** What is known of how long images take. */
export interface Pace {
  /** Images of the next portion. */
  next: number;
}

/**
 * @param total images
 * @param most of one portion, at least 1
 * @param work is given the portions one after the other
 * @param pace to go on with, for work that comes in several parts. Default: nothing is known
 */
export async function inPortions(
  total: number,
  most: number,
  work: (start: number, count: number) => void | Promise<void>,
  pace: Pace = { next: 1 },
): Promise<void> {
  for (let start = 0; start < total; ) {
    const count = Math.min(pace.next, total - start);
    const begun = performance.now();
    await work(start, count);
    start += count;
    pace.next = nextPortion(count, performance.now() - begun, most);
    await setImmediate();
  }
}

/** @param milliseconds that `count` images took */
function nextPortion(count: number, milliseconds: number, most: number): number {
  const fits = Math.floor((count * PORTION_MS) / Math.max(1, milliseconds));
  const bounded = Math.max(1, Math.min(fits, GROWTH * count, most));
  return bounded < 2 * ROUND || bounded === most ? bounded : bounded - (bounded % ROUND);
}
