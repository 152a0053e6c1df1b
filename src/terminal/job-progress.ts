/** @file How far this process is, told to the one that started it as a job: through the channel that they have. */
import process from 'node:process';
import { environment } from '../platform/environment.ts';
import { JOB_VARIABLE, type JobProgress, type Progress } from '../progress.ts';

/** Milliseconds from one word to the next. */
const OFTEN = 250;

/** Null where nobody asked. */
export function jobProgress(): Progress | null {
  if (environment(JOB_VARIABLE) !== '1' || !process.send) return null;
  let label = '';
  let total = 1;
  let last = 0;
  const tell = (done: number, note: string): void => {
    last = performance.now();
    const told: JobProgress = { label, share: Math.min(1, done / total), note };
    // whoever asked may be gone by now
    if (process.connected) process.send?.(told, undefined, undefined, () => {});
  };
  return {
    start(text, count) {
      [label, total] = [text, Math.max(1, count)];
      tell(0, '');
    },
    update(done, note = '') {
      if (performance.now() - last >= OFTEN) tell(done, note);
    },
    stop() {},
    note() {},
  };
}
