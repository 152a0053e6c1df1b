/**
 * @file Runs the jobs of a study in processes of their own, as many at a time as asked for. A job whose result is there is done; one
 * that was killed goes on from its checkpoint; one that fails is listed, those that need it are left out, and the rest goes on.
 */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import process from 'node:process';
import { lockFile, removeStaleLock } from '../../io/file-lock.ts';
import { isFile } from '../../io/files.ts';
import { makeFolder } from '../../io/require-folder.ts';
import { JOB_VARIABLE, type JobProgress } from '../../progress.ts';
import { checkpointPath } from '../training/saved-run.ts';
import { jobFolder, jobWords, madeFile, resultFile } from './job-files.ts';
import type { Job } from './jobs.ts';

export type JobState = 'done' | 'failed' | 'left out';

export interface JobOutcome {
  readonly job: Job;
  readonly state: JobState;
  /** True: it was done before. */
  readonly earlier: boolean;
  readonly seconds: number;
  /** Its last line of standard error, or what it lacked. */
  readonly error?: string;
}

/** How jobs are run, whoever asks for them. */
export interface RunJobRequest {
  readonly folder: string;
  /** The program and its first words, such as node and the command line's main file. */
  readonly program: readonly [string, ...string[]];
  /** Where the jobs look for data sets first. */
  readonly directory?: string | undefined;
  /** Ends the jobs that run; none begins after it. */
  readonly signal?: AbortSignal;
  /** How long they then have to save what they have; later they are killed. Default: 5,000. */
  readonly graceMs?: number;
  /** Told how far a job is, where its process can tell it. */
  readonly onProgress?: (job: Job, progress: JobProgress) => void;
  /** Jobs run within the folder, and name files from there: what they write then holds no path of this machine. */
  readonly within?: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** For trainings of which the study does not say it. */
    readonly checkpointSeconds?: number;
  };
}

export interface RunJobsRequest extends RunJobRequest {
  readonly jobs: readonly Job[];
  /** How many at a time. */
  readonly processes: number;
  /** Called when a job has ended, in the order of their ends. */
  readonly onEnd?: (outcome: JobOutcome, ended: number) => void;
}

/** @returns outcomes in the order of the jobs; after an abort only those that ended */
export async function runJobs(request: RunJobsRequest): Promise<JobOutcome[]> {
  const { jobs, processes, onEnd, signal } = request;
  const outcomes = new Map<Job, JobOutcome>();
  const waiting = [...jobs];
  let wake: (() => void)[] = [];
  const next = (): Job | undefined => {
    const at = waiting.findIndex(({ parent }) => parent === null || outcomes.has(parent));
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const worker = async (): Promise<void> => {
    while (waiting.length > 0 && !signal?.aborted) {
      const job = next();
      if (!job) {
        await new Promise<void>((resolve) => wake.push(resolve));
        continue;
      }
      const lost = job.parent !== null && outcomes.get(job.parent)!.state !== 'done';
      const outcome: JobOutcome = lost
        ? { job, state: 'left out', earlier: false, seconds: 0, error: `${job.parent!.stage} is not there` }
        : await runJob(request, job);
      if (signal?.aborted && outcome.state === 'failed') break;
      outcomes.set(job, outcome);
      onEnd?.(outcome, outcomes.size);
      for (const resolve of wake.splice(0)) resolve();
    }
    for (const resolve of wake.splice(0)) resolve();
    wake = [];
  };
  await Promise.all(Array.from({ length: processes }, worker));
  return jobs.flatMap((job) => outcomes.get(job) ?? []);
}

/** One job, whose folder may hold a part of it. */
export async function runJob(
  { folder, program, directory, signal, graceMs = GRACE_MS, within, onProgress }: RunJobRequest,
  job: Job,
): Promise<JobOutcome> {
  const begun = performance.now();
  if (await isFile(resultFile(folder, job))) {
    // what a job that was killed behind its result leaves
    if (job.command === 'train') {
      removeStaleLock(madeFile(folder, job));
      await rm(checkpointPath(madeFile(folder, job)), { force: true });
    }
    return { job, state: 'done', earlier: true, seconds: 0 };
  }
  await makeFolder(jobFolder(folder, job));
  // Where an earlier sweep was killed, its jobs may still be about to end.
  if (job.command === 'train') (await lockFile(madeFile(folder, job), { wait: () => {} })).release();
  const resume = job.command === 'train' && (await isFile(checkpointPath(madeFile(folder, job))));
  const [name, ...first] = program;
  const data = directory === undefined ? [] : ['--data', directory];
  const often = within?.checkpointSeconds;
  const isOpen = job.command === 'train' && (resume || job.options['checkpoint-seconds'] === undefined);
  const more = isOpen && often !== undefined ? [`--checkpoint-seconds=${often}`] : [];
  const words = [...first, ...jobWords(within ? '.' : folder, job, resume), ...more, ...data];
  const asked = onProgress && { [JOB_VARIABLE]: '1' };
  const env = { ...(within?.environment ?? process.env), ...asked };
  const child = spawn(name, words, { stdio: STREAMS, env, ...(within && { cwd: folder }) });
  child.on('message', (told) => onProgress?.(job, told as JobProgress));
  const error = await ended(child, signal, graceMs);
  const seconds = (performance.now() - begun) / 1000;
  const done = error === null || (job.command === 'verify' && (await isFile(resultFile(folder, job))));
  return { job, state: done ? 'done' : 'failed', earlier: false, seconds, ...(!done && { error: error! }) };
}

/** Standard error is read; a job ends with the process whose channel it has. Deno's children have none. */
const STREAMS: StdioOptions = [
  'ignore',
  'ignore',
  'pipe',
  ...('Deno' in globalThis ? [] : (['ipc'] as const)),
];

const GRACE_MS = 5000;

/** Enough of standard error to hold its last line. */
const TAIL = 4000;

/** @returns null, or why the process did not end well */
function ended(
  child: ChildProcess,
  signal: AbortSignal | undefined,
  graceMs: number,
): Promise<string | null> {
  let late: NodeJS.Timeout | undefined;
  // On a terminal Ctrl-C reaches the jobs too, and a second signal would not let them save: the channel's end is no signal.
  const stop = (): void => {
    late = setTimeout(() => child.kill('SIGKILL'), graceMs);
    if (child.connected) child.disconnect();
    else child.kill('SIGINT');
  };
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  let said = '';
  // The event `close` would wait for a channel that was let go of.
  const read = new Promise<void>((resolve) => child.stderr?.on('close', resolve));
  child.stderr?.on('data', (text) => {
    said = (said + String(text)).slice(-TAIL);
  });
  return new Promise((resolve) => {
    const finish = (reason: string | null): void => {
      signal?.removeEventListener('abort', stop);
      clearTimeout(late);
      resolve(reason);
    };
    child.on('error', (error) => finish(error.message));
    child.on('exit', async (status, by) => {
      if (status === 0) return finish(null);
      await read;
      const last = said
        .trim()
        .split('\n')
        .at(-1)
        ?.replace(/^strelu: /, '');
      finish(last || (by ? `ended by ${by}` : `exit status ${status}`));
    });
  });
}
