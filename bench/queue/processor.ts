/** @file Processor time of processes and of the children that they have waited for, as Linux counts it. */
import { readFileSync } from 'node:fs';

/** Ticks of Linux' /proc are hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds in all; NaN where it cannot be read. */
export function processorOf(pids: readonly number[]): number {
  try {
    return pids.reduce((sum, pid) => {
      // the name of the program, in brackets, may have blanks in it
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ');
      const [user, system, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number);
      return sum + TICK_MS * (user! + system! + childrenUser! + childrenSystem!);
    }, 0);
  } catch {
    return Number.NaN;
  }
}
