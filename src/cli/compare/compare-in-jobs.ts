/** @file `compare --jobs N`: the same words for every contender, in processes of their own, which fill the cache. */
import { join } from 'node:path';
import { comparisonJobs, fillCache } from '../../lab/compare/comparison-jobs.ts';
import type { Contender } from '../../lab/compare/contenders.ts';
import type { OptionValue, Setting } from '../../lab/sweep/study.ts';
import { beforeInterrupt } from '../../terminal/interrupt.ts';
import type { OptionTable } from '../../terminal/options.ts';
import type { Call } from '../command.ts';
import { ownProgram } from '../own-program.ts';

/** What each contender's job has its own of, or nothing to do with. */
const NOT_PASSED = ['methods', 'reference', 'jobs', 'json', 'markdown', 'workers', 'quiet', 'fresh', 'seeds'];

/** Options that only a training looks at. */
export const TRAINING_OPTIONS: readonly string[] = ['model', 'width', 'epochs', 'train-limit'];

interface Wanted {
  readonly contenders: readonly Contender[];
  readonly baseline: string;
  readonly testDigest: string;
  /** Trainings whose networks are the user's own. */
  readonly own: readonly string[];
  /** Ids of the contenders whose figures the cache has. */
  readonly known: ReadonlySet<string>;
}

/** @returns how many contenders were computed */
export async function compareInJobs(
  { options, given, progress }: Call<OptionTable>,
  { contenders, baseline, testDigest, own, known }: Wanted,
): Promise<number> {
  const cache = String(options.cache);
  const passed = [...given].filter((name) => !NOT_PASSED.includes(name));
  const optionsFor = (trainings: readonly string[]): Setting => {
    const found = trainings.filter((id) => own.includes(id)).length;
    const useless = [
      ...(found === 0 ? ['networks'] : []),
      ...(found === trainings.length ? TRAINING_OPTIONS : []),
    ];
    const names = passed.filter((name) => !useless.includes(name));
    return { ...Object.fromEntries(names.map((name) => [name, wordOf(options[name])])), cache };
  };
  const jobs = comparisonJobs(contenders, { baseline, optionsFor, known, decides: testDigest });
  const stop = new AbortController();
  const request = {
    ...{ jobs, folder: join(cache, 'jobs'), program: ownProgram(), signal: stop.signal },
    processes: Number(options.jobs),
  };
  const running = fillCache(request, progress.note);
  const release = beforeInterrupt(async () => {
    stop.abort();
    await running;
    return undefined;
  });
  try {
    const computed = await running;
    // what is half done is in the cache: the signal ends the program
    if (stop.signal.aborted) await new Promise(() => {});
    return computed;
  } finally {
    release();
  }
}

/** The value of an option as it was written. */
const wordOf = (value: unknown): OptionValue =>
  typeof value === 'boolean' || typeof value === 'number' ? value : String(value);
