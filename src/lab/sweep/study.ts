/**
 * @file A study as a file says it: stages of commands, each with options that stay and options that vary. A stage takes what the
 * one before it made: a network is trained once and converted in many ways.
 */

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

/** The stages that nothing comes after: the table is of them. */
export const lastStages = ({ stages }: Study): Stage[] =>
  stages.filter(({ name }) => stages.every(({ after }) => !after.includes(name)));
