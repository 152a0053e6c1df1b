/** @file What a job reads and writes: a folder of its own, named by its hash, and the words of its command. */
import { join } from 'node:path';
import type { Job } from './jobs.ts';

/** Everything that a job writes lies here. */
export const jobFolder = (folder: string, job: Job): string => join(folder, `${job.stage}-${job.id}`);

/** Written last: where it is, the job is done. */
export const resultFile = (folder: string, job: Job): string => join(jobFolder(folder, job), 'result.json');

const MADE = { train: 'model.safetensors', convert: 'model.snn.safetensors' } as const;

/** The network that a job makes; for a job that makes none, that of the job before it. */
export function madeFile(folder: string, job: Job): string {
  if (job.command === 'train' || job.command === 'convert')
    return join(jobFolder(folder, job), MADE[job.command]);
  return madeFile(folder, job.parent!);
}

/** The jobs whose files a job takes, in the order of its words. */
export function takes({ command, parent }: Job): Job[] {
  if (command === 'train' || command === 'compare') return [];
  return command === 'verify' ? [parent!.parent!, parent!] : [parent!];
}

/** The command line of a job. @param resume true: its checkpoint is there */
export function jobWords(folder: string, job: Job, resume = false): string[] {
  const { command } = job;
  const writes = command === 'train' || command === 'convert' ? ['--out', madeFile(folder, job)] : [];
  const options = Object.entries(job.options).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return value ? [`--${name}`] : [];
    return [`--${name}=${value}`];
  });
  return [
    ...[command, ...takes(job).map((from) => madeFile(folder, from)), ...writes],
    ...['--json', resultFile(folder, job), '--workers', '1', '--quiet'],
    ...(resume ? ['--resume'] : options),
    // a model without a result: its job was killed between the two
    ...(command === 'train' && !resume ? ['--force'] : []),
  ];
}
