/** @file `sweep status`: how far a queue is, or for Prometheus until it is interrupted. */
import { UsageError } from '../errors.ts';
import { queueStatus } from '../lab/sweep/queue/status.ts';
import type { Progress } from '../progress.ts';
import { duration } from '../report/format.ts';
import { textTable } from '../report/table.ts';
import type { Outcome } from './command.ts';
import { addressFor, openForCommand } from './queue.ts';

interface StatusCall {
  readonly options: { readonly queue: string | null; readonly metrics: number | null };
  readonly given: ReadonlySet<string>;
  readonly config: Record<string, unknown>;
  readonly progress: Progress;
  print(text: string): void;
}

/** What it takes; everything else is of a study. */
const TAKES = ['queue', 'metrics', 'json', 'quiet'];

export async function sweepStatus({ options, given, config, progress, print }: StatusCall): Promise<Outcome> {
  const address = addressFor(options.queue, config);
  const useless = [...given].find((name) => !TAKES.includes(name));
  if (useless !== undefined)
    throw new UsageError(`--${useless}: would change nothing for sweep status; leave it out`);
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
