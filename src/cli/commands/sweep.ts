/**
 * @file `sweep`: a study of many runs, on the cores of this machine or over a queue on many.
 */
import { estimate } from '../../lab/sweep/estimate.ts';
import { settingText } from '../../report/study-text.ts';
import { type Command, defineCommand } from '../command.ts';
import { sweepClean } from '../sweep/clean.ts';
import { SWEEP_OPTIONS } from '../sweep/options.ts';
import { planStudy } from '../sweep/plan-study.ts';
import { runStudy } from '../sweep/run-study.ts';
import { sweepStatus } from '../sweep/status.ts';
import { tellStudy } from '../sweep/tell-study.ts';

/** In place of a study: how far the queue is; what is old goes from the store. */
const STATUS = 'status';
const CLEAN = 'clean';

export const sweep: Command = defineCommand({
  name: 'sweep',
  summary: 'a study of many runs: trained once, converted and measured in many ways',
  description:
    'Runs every job of a study (src/lab/sweep/study.schema.json) in processes of their own: a stage is a command with options that ' +
    'stay, a grid, a list or a seeded random search; it takes what the stage before it made. A job is named by the hash of all that ' +
    'decides its result, so that a repeated sweep does only what is missing, also after a kill. Jobs that fail are listed, and the ' +
    'rest goes on. The table has mean, standard deviation and 95 % interval over repetitions (other seeds). With --queue the jobs are ' +
    'done by "strelu worker" on any number of machines; "strelu sweep status --queue URL" says how far they are, and "strelu sweep ' +
    'clean --store PLACE --older-than DAYS" removes what nobody has touched for so long: a study that wants it again makes it again.',
  positionals: [{ name: 'STUDY.json', help: 'the study; or the word status or clean' }],
  options: SWEEP_OPTIONS,
  examples: [
    { line: 'strelu sweep study.json --dry-run', says: 'what would be run' },
    {
      line: 'strelu sweep study.json --csv runs/study.csv --json runs/study.json',
      says: 'on all cores; again: only what is missing',
    },
    {
      line: 'strelu sweep study.json --queue redis://10.0.0.1 --store /mnt/shared',
      says: 'on every machine that runs "strelu worker" with that queue and store',
    },
    {
      line: 'strelu sweep study.json --queue rediss://queue.example --store s3://studies',
      says: 'over TLS, with a bucket; the password of the queue in STRELU_QUEUE',
    },
    { line: 'strelu sweep status --queue redis://10.0.0.1', says: 'jobs, workers, rate, time left' },
    {
      line: 'strelu sweep clean --store /mnt/shared --older-than 30 --dry-run',
      says: 'what would be removed from the store',
    },
  ],
  async run(call) {
    const { positionals, options, print } = call;
    const [file] = positionals as [string];
    if (file === STATUS) return sweepStatus(call);
    if (file === CLEAN) return sweepClean(call);
    const planned = await planStudy(call, file);
    const { jobs, folder } = planned;
    const guess = await estimate(folder, jobs, options.jobs);
    const word = jobs.length === 1 ? '1 job' : `${jobs.length} jobs`;
    const says = `${word}, ${guess.done} of them done; ${guess.says}`;
    if (options['dry-run']) {
      for (const job of jobs) print(`${job.stage}-${job.id}  ${settingText(job.setting)}`);
      print(`\n${says}`);
      return { exit: 0, result: { sweep: { jobs: jobs.length, done: guess.done } } };
    }
    return tellStudy(call, planned, await runStudy(call, planned, says));
  },
});
