import { JOB, type Mailbox, postError } from './mailbox.ts';

/** Runs tasks of the current job on this lane until none is left; a trap is posted and ends the job for all lanes. */
export function drawTasks(
  mailbox: Mailbox,
  lane: number,
  call: (...args: number[]) => unknown,
  finished: () => void,
): void {
  const { job, args } = mailbox;
  const values = Array.from(args.subarray(0, job[JOB.args]!));
  const tasks = job[JOB.tasks]!;
  try {
    for (;;) {
      const task = Atomics.add(job, JOB.next, 1);
      if (task >= tasks) return;
      call(task, lane, ...values);
      finished();
    }
  } catch (error) {
    Atomics.store(job, JOB.next, tasks);
    postError(mailbox, `lane ${lane}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
