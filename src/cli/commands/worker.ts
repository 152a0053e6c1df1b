/** @file `worker`: does jobs of studies that others put into a queue. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { factsOf } from '../../lab/sweep/facts.ts';
import { bitsHere } from '../../lab/sweep/queue/bits.ts';
import { storeId } from '../../lab/sweep/queue/store-id.ts';
import { type Drained, startWorker } from '../../lab/sweep/queue/worker.ts';
import { packageVersion } from '../../lab/version.ts';
import { duration } from '../../report/format.ts';
import { settingText } from '../../report/study-text.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import { integer, integerOrNull, real, textOr } from '../../terminal/options.ts';
import { type Command, defineCommand } from '../command.ts';
import { ownProgram } from '../own-program.ts';
import { addressFor, jobEnvironment, openForCommand, QUEUE_OPTIONS, storeFor } from '../queue.ts';
import { refuseJobOptions } from '../sweep/options.ts';

export const worker: Command = defineCommand({
  name: 'worker',
  summary: 'does jobs of studies from a queue, on this machine',
  description:
    'Takes jobs that "strelu sweep STUDY.json --queue URL" put into a queue, each in a process of its own, and puts what they make ' +
    'into the store. Any number of workers on any number of machines may come and go. A job whose worker is silent for longer than ' +
    '--lock-seconds goes to another, and a training goes on from its last checkpoint to the same bits. A job of another version of ' +
    'strelu, or one whose bits this processor would change, is refused by name and left to others. SIGTERM: no more jobs are taken, ' +
    'trainings are stopped at a checkpoint and go back to the queue. It needs the packages bullmq and ioredis.',
  positionals: [],
  options: {
    ...QUEUE_OPTIONS,
    jobs: integer(
      availableParallelism(),
      'jobs at a time, each on one thread',
      1,
      256,
      'number of processors',
    ),
    rate: integerOrNull('any', 'jobs that may begin in a minute, over all workers that have a rate', 1, 1e6),
    dir: textOr('DIR', 'runs/worker', 'where jobs have their files while they run'),
    'checkpoint-seconds': real(120, 'time between checkpoints of a training, which go to the store'),
    'lock-seconds': integer(30, 'silence after which the jobs of a worker go to another', 1, 3600),
    'drain-seconds': integer(10, 'how long jobs other than trainings may go on after SIGTERM', 0, 3600),
    'idle-seconds': integerOrNull('never', 'end when there was nothing to do for so long', 1),
  },
  examples: [
    {
      line: 'strelu worker --queue redis://10.0.0.1 --store /mnt/shared',
      says: 'one job for each processor',
    },
    {
      line: 'strelu worker --store s3://studies --jobs 4 --idle-seconds 600',
      says: 'the queue of STRELU_QUEUE; ends when there is nothing to do for ten minutes',
    },
  ],
  async run({ options, given, config, files, progress, print }) {
    refuseJobOptions(given);
    const address = addressFor(options.queue, config);
    files.writesInto('--dir', options.dir);
    const store = await storeFor(options.store, config);
    const open = await openForCommand('worker', address, options.metrics, progress);
    const directory = options.data ? resolve(options.data) : undefined;
    const ends = { done: 0, failed: 0, earlier: 0 };
    let known = '';
    let ending = false;
    const running = await startWorker({
      ...{ queue: open.queue, store, directory, program: ownProgram() },
      ...{ processes: options.jobs, rate: options.rate, lockSeconds: options['lock-seconds'] },
      folder: resolve(options.dir),
      within: {
        environment: jobEnvironment(),
        checkpointSeconds: options['checkpoint-seconds'],
      },
      here: {
        ...{ version: packageVersion(), bits: bitsHere(), facts: factsOf(directory) },
        async storeId(expected) {
          if (known !== expected) known = await storeId(store);
          return known;
        },
      },
      tell: (line) => progress.note(line),
      onEnd({ job }, outcome) {
        const name = `${job.stage} ${settingText(job.setting)}`;
        if ('error' in outcome) {
          ends.failed++;
          progress.note(`${name}: failed: ${outcome.error}`);
          return;
        }
        ends[outcome.earlier ? 'earlier' : 'done']++;
        progress.note(`${name}: ${outcome.earlier ? 'was done' : `done in ${duration(outcome.seconds)}`}`);
      },
    });
    const leave = async (): Promise<Drained> => {
      const drained = await running.drain(options['drain-seconds']);
      await open.close();
      return drained;
    };
    const release = beforeInterrupt(async () => {
      ending = true;
      return leftWords(await leave());
    });
    progress.note(`${open.queue.place}: waiting for jobs, ${options.jobs} at a time; store ${store.place}`);
    const limit = options['idle-seconds'];
    while (ending || limit === null || running.idle() < 1000 * limit) await pause(200);
    release();
    await leave();
    print(`${ends.done} jobs done, ${ends.earlier} were done before, ${ends.failed} tries failed`);
    return { exit: 0, result: { worker: ends } };
  },
});

const leftWords = ({ back, told }: Drained): string =>
  told
    ? `${back === 1 ? '1 job' : `${back} jobs`} went back to the queue`
    : 'the queue does not answer: what was stopped here goes to another worker when its lock ends';
