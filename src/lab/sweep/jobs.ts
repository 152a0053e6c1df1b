/**
 * @file The jobs of a study. A job is a pure function of its hash: the program's version, its command and options, the contents of
 * the files and data that it reads, and the hash of the job before it. So doing it twice changes nothing.
 */
import { InputError } from '../../errors.ts';
import { canonicalDigest } from '../canonical-digest.ts';
import { countSettings, settingsOf } from './settings.ts';
import type { Setting, Stage, StageCommand, Study } from './study.ts';

/** What a job runs: a stage's command, or a part of a comparison. */
export type JobCommand = StageCommand | 'compare';

export interface Job {
  /** Its hash. */
  readonly id: string;
  readonly stage: string;
  readonly command: JobCommand;
  readonly options: Setting;
  /** The job whose file it takes. */
  readonly parent: Job | null;
  /** What varies, by STAGE.OPTION, in the jobs before it too. */
  readonly setting: Setting;
  /** Of a part of a large evaluation: the job that all its parts make together. It is not run itself. */
  readonly whole?: Job;
}

/** What decides a result beside the study: it goes into the hash of every job. */
export interface Facts {
  readonly version: string;
  /** What the options of a job read, by digest: data sets, files. */
  digestOf(command: JobCommand, options: Setting): Promise<Readonly<Record<string, string>>>;
}

/** More is a slip. */
const MOST_JOBS = 100_000;

/**
 * Every job, each after the one that it needs; equal jobs of a stage are one.
 * @throws InputError when a stage has no job, or one of an earlier stage again, or when all have too many
 */
export async function jobsOf(study: Study, facts: Facts): Promise<Job[]> {
  const jobs = new Map<string, Job>();
  const ofStage = new Map<string, Job[]>();
  for (const stage of study.stages) {
    const parents =
      stage.command === 'train'
        ? [null]
        : stage.after.flatMap((name) => ofStage.get(name)!.filter(fits(stage)));
    const place = `study ${study.name}: stage ${stage.name}`;
    if (parents.length === 0)
      throw new InputError(
        `${place}: where should fit a job before it, found none with ${JSON.stringify(stage.where)}`,
      );
    const count = jobs.size + parents.length * countSettings(stage);
    if (count > MOST_JOBS)
      throw new InputError(
        `${place}: expected at most ${MOST_JOBS} jobs in all, found ${count}; vary less, or draw at random`,
      );
    const made: Job[] = [];
    for (const parent of parents)
      for (const varied of settingsOf(stage)) made.push(await jobOf(stage, varied, parent, facts));
    const own = [...new Map(made.map((job) => [job.id, job])).values()];
    const short = own.find(({ options: { limit } }) => typeof limit === 'number' && limit < stage.shards);
    if (short)
      throw new InputError(
        `${place}: shards: expected at most as many as images, ${short.options.limit}, found ${stage.shards}`,
      );
    for (const job of own.flatMap((one) => partsOf(one, stage.shards))) {
      const earlier = jobs.get(job.id)?.stage;
      if (earlier !== undefined)
        throw new InputError(
          `${place}: a job that stage ${earlier} has too: ${stage.command} ${JSON.stringify(job.setting)}; leave it out of one of them`,
        );
      jobs.set(job.id, job);
    }
    ofStage.set(stage.name, own);
  }
  return [...jobs.values()];
}

async function jobOf(stage: Stage, varied: Setting, parent: Job | null, facts: Facts): Promise<Job> {
  const { command, name } = stage;
  const options = { ...stage.options, ...varied };
  const decides = {
    ...{ version: facts.version, command, options, parent: parent?.id ?? null },
    reads: await facts.digestOf(command, options),
  };
  const named = Object.entries(varied).map(([option, value]) => [`${name}.${option}`, value]);
  const setting = { ...parent?.setting, ...Object.fromEntries(named) } as Setting;
  return { id: canonicalDigest(decides).slice(0, 20), stage: name, command, options, parent, setting };
}

/** The parts of a job, each a job of its own; the job itself where it has but one. */
function partsOf(whole: Job, shards: number): Job[] {
  if (shards === 1) return [whole];
  return Array.from({ length: shards }, (_, k) => {
    const shard = `${k + 1}/${shards}`;
    return {
      ...whole,
      id: canonicalDigest({ whole: whole.id, shard }).slice(0, 20),
      options: { ...whole.options, shard },
      setting: { ...whole.setting, [`${whole.stage}.shard`]: shard },
      whole,
    };
  });
}

/** Whether a stage comes after a job. */
const fits =
  ({ where }: Stage) =>
  ({ setting }: Job): boolean =>
    Object.entries(where).every(([name, value]) => setting[name] === value);
