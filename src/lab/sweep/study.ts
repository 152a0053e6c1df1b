/**
 * @file A study as a file says it: stages of commands, each with options that stay and options that vary. A stage takes what the
 * one before it made: a network is trained once and converted in many ways.
 */
import { InputError } from '../../errors.ts';
import { brief } from '../../format/fields.ts';

/** The commands that a stage can be, and what a stage of it makes of the stage before. */
export const STAGE_COMMANDS = ['train', 'convert', 'simulate', 'verify'] as const;
export type StageCommand = (typeof STAGE_COMMANDS)[number];

/** The value of an option: true for one that takes none. */
export type OptionValue = string | number | boolean;
export type Setting = Readonly<Record<string, OptionValue>>;

/** Random search in an interval, or among values. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  /** True: even in the logarithm. */
  readonly log: boolean;
  /** True: whole numbers. */
  readonly whole: boolean;
}

export interface RandomSearch {
  readonly samples: number;
  readonly seed: number;
  readonly options: Readonly<Record<string, Interval | readonly OptionValue[]>>;
}

/** Its settings: every one of `grid` with every one of `list` and of the random samples. */
export interface Stage {
  readonly name: string;
  readonly command: StageCommand;
  /** The stages whose files it takes; none for train. */
  readonly after: readonly string[];
  /** Only after jobs that have these values of what varies, by STAGE.OPTION. */
  readonly where: Setting;
  /** The same in every job. */
  readonly options: Setting;
  readonly grid: Readonly<Record<string, readonly OptionValue[]>>;
  readonly list: readonly Setting[];
  readonly random: RandomSearch | null;
  /** Parts of the test images, each a job of its own; merged they are one row. 1: none. Of simulate alone. */
  readonly shards: number;
}

export interface Study {
  readonly name: string;
  readonly stages: readonly Stage[];
  /** Options that only repeat: the table is over them. */
  readonly repeat: readonly string[];
  /** Figures of the table, by their place in the results, such as `snn.accuracy.8`; empty: those of the last stage. */
  readonly metrics: readonly string[];
}

/** What a stage of a command needs before it. */
const NEEDS: Readonly<Record<StageCommand, StageCommand | null>> = {
  train: null,
  convert: 'train',
  simulate: 'convert',
  verify: 'convert',
};

/** Options that a sweep sets itself. */
export const OWN_OPTIONS: readonly string[] = [
  'out',
  'json',
  'workers',
  'quiet',
  'resume',
  'help',
  'log',
  'force',
  'shard',
];

/** @throws InputError when stages do not follow each other, or an option is the sweep's own */
export function checkStudy(study: Study, source: string): void {
  const before = new Map<string, Stage>();
  if (study.stages.length === 0)
    throw new InputError(`${source}: stages should have at least one stage, found none`);
  for (const stage of study.stages) {
    const place = `${source}: stage ${stage.name}`;
    if (!/^[\w-]{1,40}$/.test(stage.name))
      throw new InputError(`${place}: name should be letters, digits, - and _, found ${brief(stage.name)}`);
    if (before.has(stage.name))
      throw new InputError(`${place}: expected another name than an earlier stage's`);
    const need = NEEDS[stage.command];
    const found = stage.after.map((name) => {
      const after = before.get(name);
      if (!after) throw new InputError(`${place}: after should be an earlier stage, found ${brief(name)}`);
      return after.command;
    });
    if (need === null ? found.length > 0 : found.length === 0 || found.some((command) => command !== need))
      throw new InputError(
        `${place}: ${stage.command} expected ${need === null ? 'no stage before it' : `to come after stages of ${need}`}, found ${found.join(', ') || 'none'}`,
      );
    const names = [stage.options, stage.grid, stage.random?.options ?? {}, ...stage.list].flatMap(
      Object.keys,
    );
    const own = names.find((name) => OWN_OPTIONS.includes(name));
    if (stage.shards > 1 && stage.command !== 'simulate')
      throw new InputError(
        `${place}: shards expected a stage of simulate, found one of ${stage.command}; leave it out`,
      );
    if (stage.shards > 1 && names.includes('spikes'))
      throw new InputError(`${place}: spikes expected a stage without shards, found ${stage.shards} of them`);
    if (own === 'shard') throw new InputError(`${place}: shard is set by the sweep; say shards: N instead`);
    if (own !== undefined) throw new InputError(`${place}: ${own} is set by the sweep; leave it out`);
    before.set(stage.name, stage);
  }
}
