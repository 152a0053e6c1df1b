/** @file `sweep clean`: removes from a store what was left alone for long. */
import { InputError, UsageError } from '../../errors.ts';
import { QUEUE_VARIABLE } from '../../lab/sweep/queue/address.ts';
import { queueStatus } from '../../lab/sweep/queue/status.ts';
import { cleanStore } from '../../lab/sweep/stores/clean-store.ts';
import { environment } from '../../platform/environment.ts';
import { bytes as sizeText } from '../../report/format.ts';
import type { Outcome } from '../command.ts';
import { addressFor, openForCommand, storeFor } from '../queue.ts';
import { type SweepCall, takesOnly } from './options.ts';

/** What it takes; everything else is of a study. */
const TAKES = ['store', 'older-than', 'queue', 'dry-run', 'json', 'quiet'];

const DAY_MS = 24 * 3600 * 1000;

export async function sweepClean(call: SweepCall): Promise<Outcome> {
  const { options, given, config, print } = call;
  takesOnly(given, TAKES, 'for sweep clean');
  const days = options['older-than'];
  if (days === null)
    throw new UsageError(
      'sweep clean: expected --older-than DAYS, found none; say how old what is removed must be',
    );
  if (options.queue !== null || environment(QUEUE_VARIABLE)) await refuseOpen(call);
  const store = await storeFor(options.store, config, { mustExist: true });
  const dryRun = options['dry-run'];
  const cleaned = await cleanStore({ store, before: Date.now() - days * DAY_MS, dryRun });
  const { jobs, inputs, bytes } = cleaned;
  const what = [counted(jobs, 'job'), `${counted(inputs, 'file')} that jobs read`].join(' and ');
  print(
    `${store.place}: ${dryRun ? 'would remove' : 'removed'} ${what}, ${sizeText(bytes)}, older than ${counted(days, 'day')}`,
  );
  return { exit: 0, result: { cleaned: { ...cleaned, dryRun } } };
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** @throws InputError while a study waits in the queue: its jobs may take what would be removed */
async function refuseOpen({ options, config, progress }: SweepCall): Promise<void> {
  const { queue, close } = await openForCommand('sweep', addressFor(options.queue, config), null, progress);
  try {
    const { waiting, delayed, active, later } = (await queueStatus(queue)).jobs;
    const open = waiting + delayed + active + later;
    if (open > 0)
      throw new InputError(
        `${queue.place}: expected no open jobs, found ${open}, which may take what would be removed; clean when they are done`,
      );
  } finally {
    await close();
  }
}
