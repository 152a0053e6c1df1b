/** @file `sweep status`: how far a queue is, or for Prometheus until it is interrupted. */
import { queueStatus } from '../../lab/sweep/queue/status.ts';
import { duration } from '../../report/format.ts';
import { textTable } from '../../report/table.ts';
import type { Outcome } from '../command.ts';
import { addressFor, openForCommand } from '../queue.ts';
import { type SweepCall, takesOnly } from './options.ts';

/** What it takes; everything else is of a study. */
const TAKES = ['queue', 'metrics', 'json', 'quiet'];

export async function sweepStatus({ options, given, config, progress, print }: SweepCall): Promise<Outcome> {
  const address = addressFor(options.queue, config);
  takesOnly(given, TAKES, 'for sweep status');
  const { queue, close } = await openForCommand('sweep', address, options.metrics, progress);
  try {
    if (options.metrics !== null) await new Promise(() => {}); // until a signal ends it
    const status = await queueStatus(queue);
    const { jobs, workers, jobsPerMinute, secondsLeft } = status;
    const rows = Object.entries(jobs).map(([state, count]) => [state, String(count)]);
    print(
      textTable(
        [
          { title: 'jobs', align: 'left' },
          { title: 'count', align: 'right' },
        ],
        rows,
      ),
    );
    const rate =
      jobsPerMinute === null
        ? 'no job ended in the last minutes'
        : `${jobsPerMinute.toFixed(1)} jobs a minute`;
    const known = secondsLeft === null ? 'time left not known' : `about ${duration(secondsLeft)} left`;
    const left = secondsLeft === 0 ? 'nothing left to do' : known;
    print(`\n${queue.place}: ${workers === 1 ? '1 worker' : `${workers} workers`}, ${rate}, ${left}`);
    return { exit: 0, result: { queue: status } };
  } finally {
    await close();
  }
}
