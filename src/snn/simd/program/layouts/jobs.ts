/** @file The kernels that can be run as jobs, what each is told, and the table of jobs in the heap. */

/** What a kernel is told beside its task and lane, by name and in this order. */
export const KERNELS = {
  layer: ['layer'], // address of its descriptor
  layer8: ['layer'],
  merge: ['group', 'height', 'width', 'steps', 'firstStep', 'endStep', 'page'],
  collect: ['queue'],
  maxPool: ['pool'], // address of its descriptor
  census: ['masks', 'positions', 'words', 'steps', 'stepsNow', 'fanOuts', 'totals'],
} as const;

export type KernelName = keyof typeof KERNELS;
export type Arguments<K extends KernelName> = (typeof KERNELS)[K][number];

/** In the order of their numbers. */
export const KERNEL_NAMES = Object.keys(KERNELS) as readonly KernelName[];

/** A job in the table: its first task, the end of its tasks, its kernel's number, then the arguments. */
export const JOB_HEADER = 3;
/** Words of a job. */
export const JOB_WORDS: number = JOB_HEADER + Math.max(...Object.values(KERNELS).map(({ length }) => length));
