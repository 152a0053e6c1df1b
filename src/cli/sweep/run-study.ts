/** @file Runs a planned study, here or over a queue, until it is done or a signal ends it. */
import { bitsHere } from '../../lab/sweep/queue/bits.ts';
import { inTime } from '../../lab/sweep/queue/in-time.ts';
import { LEAVE_MS } from '../../lab/sweep/queue/open-queue.ts';
import { queueJobs } from '../../lab/sweep/queue/queue-jobs.ts';
import { storeId } from '../../lab/sweep/queue/store-id.ts';
import { type JobOutcome, runJobs } from '../../lab/sweep/run-jobs.ts';
import { packageVersion } from '../../lab/version.ts';
import { settingText } from '../../report/study-text.ts';
import { createBars } from '../../terminal/bars.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { ownProgram } from '../own-program.ts';
import { openForCommand, storeFor } from '../queue.ts';
import type { SweepCall } from './options.ts';
import type { PlannedStudy } from './plan-study.ts';
import { outcomeLine } from './tell-study.ts';

/** @param says what is told before the first job begins */
export async function runStudy(call: SweepCall, planned: PlannedStudy, says: string): Promise<JobOutcome[]> {
  const { options, config, progress } = call;
  const { study, jobs, facts, folder, directory, address } = planned;
  const store = address && (await storeFor(options.store, config));
  const bars = await createBars(options.quiet, progress);
  const told = { ...progress, note: bars.note };
  const open = address && (await openForCommand('sweep', address, options.metrics, told));
  const stop = new AbortController();
  let running: Promise<JobOutcome[]> | null = null;
  const release = beforeInterrupt(async () => {
    stop.abort();
    // a server that is gone would be waited for
    const left = running ?? Promise.resolve();
    await (open ? inTime(LEAVE_MS, left) : left);
    const stays = open ? 'the jobs stay in the queue, and ' : '';
    return `${stays}the same command goes on with ${folder}`;
  });
  try {
    const id = store && (await storeId(store));
    progress.note(says);
    bars.start(study.name, jobs.length);
    const watched = {
      ...{ jobs, folder, signal: stop.signal },
      onEnd(outcome: JobOutcome, ended: number) {
        bars.end(outcome.job.id);
        if (!outcome.earlier) bars.note(outcomeLine(outcome));
        bars.update(ended, `${ended} of ${jobs.length}`);
      },
    };
    running =
      open && store && id !== null
        ? queueJobs({
            ...watched,
            queue: open.queue,
            context: { version: packageVersion(), bits: bitsHere(), store, storeId: id, facts },
            onRefusal: (reason) => bars.note(`a worker leaves jobs to others: ${reason}`),
          })
        : runJobs({
            ...{ ...watched, directory, program: ownProgram(), processes: options.jobs },
            onProgress: (job, told) => bars.job(job.id, `${job.stage} ${settingText(job.setting)}`, told),
          });
    const ended = await running;
    // Half a study is no result: the signal ends the program, and what was written before stays.
    if (stop.signal.aborted) await new Promise(() => {});
    return ended;
  } finally {
    bars.stop();
    release();
    await open?.close();
  }
}
