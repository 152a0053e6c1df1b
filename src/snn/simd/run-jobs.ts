/** @file Runs jobs: kernels, each with so many tasks, none of which needs another. */
import type { Machine } from './machine.ts';
import { type Job, KERNELS, ROW } from './program/jobs.ts';

/** Bytes of a table of so many jobs. */
export const tableBytes = (jobs: number): number => jobs * ROW * 4;

/** Runs all tasks of all jobs; returns when all are done. Long ones first, so that none is waited for at the end. */
export function runJobs({ heap, team, program, table }: Machine, jobs: readonly Job[]): void {
  if (jobs.length === 1) {
    const { kernel, tasks, args } = jobs[0]!;
    team.run(program, kernel, tasks, args);
    return;
  }
  const rows = heap.i32(table, jobs.length * ROW);
  let first = 0;
  jobs.forEach(({ kernel, tasks, args }, j) => {
    rows.set([first, first + tasks, KERNELS.indexOf(kernel), ...args], j * ROW);
    first += tasks;
  });
  team.run(program, 'jobs', first, [table]);
}
