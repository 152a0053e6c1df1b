/** @file How data is laid out for the processor's caches: whole lines, and rows that do not fall into the same set. */
import { roundUp } from './round-up.ts';

/** Bytes of a cache line. */
const LINE = 64;

/**
 * Bytes between rows, planes and work spaces beyond their width. Rows whose distance is a large power of two would share
 * a few sets of the cache and drive each other out.
 */
export const GAP = 64;

/** Bytes from one lane's scratch memory to the next's, where each needs `bytes`. */
export const scratchStride = (bytes: number): number => roundUp(bytes, LINE) + GAP;
