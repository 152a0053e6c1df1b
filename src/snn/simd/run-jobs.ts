/** @file Runs jobs: kernels with a number of tasks each, none of which needs another. */
import { type Machine, timed } from './machine.ts';
import { type Arguments, JOB_WORDS, KERNEL_NAMES, KERNELS, type KernelName } from './program/contract.ts';

/** Independent of every other job that is run with it. */
export interface Job {
  readonly kernel: KernelName;
  readonly tasks: number;
  /** In the order in which the kernel names them. */
  readonly args: readonly number[];
}

export function job<K extends KernelName>(
  kernel: K,
  tasks: number,
  values: Readonly<Record<Arguments<K>, number>>,
): Job {
  const names: readonly Arguments<K>[] = KERNELS[kernel];
  return { kernel, tasks, args: names.map((name) => values[name]) };
}

/** The bytes of a table of this many jobs. */
export const tableBytes = (jobs: number): number => jobs * JOB_WORDS * 4;

/** Runs all tasks of all jobs and returns when they are done. The longest job comes first, so that no thread is waited for. */
export function runJobs(machine: Machine, jobs: readonly Job[]): void {
  if (jobs.length === 0) return;
  if (!machine.profile) {
    runAtOnce(machine, jobs);
    return;
  }
  const kernels = new Set(jobs.map(({ kernel }) => kernel));
  timed(machine, [...kernels].join(' + '), () => runAtOnce(machine, jobs));
}

function runAtOnce({ heap, team, program, table }: Machine, jobs: readonly Job[]): void {
  if (jobs.length === 1) {
    const { kernel, tasks, args } = jobs[0]!;
    team.run(program, kernel, tasks, args);
    return;
  }
  const words = heap.i32(table, jobs.length * JOB_WORDS);
  let first = 0;
  jobs.forEach(({ kernel, tasks, args }, j) => {
    words.set([first, first + tasks, KERNEL_NAMES.indexOf(kernel), ...args], j * JOB_WORDS);
    first += tasks;
  });
  team.run(program, 'jobs', first, [table]);
}
