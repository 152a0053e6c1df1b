/** @file The settings of a stage: its grid with its list with its random samples, in a fixed order. */
import { Random } from '../../random/random.ts';
import type { Interval, OptionValue, Setting, Stage } from './study.ts';

/** How many jobs a stage has after one of the stage before, without making them. */
export function countSettings({ grid, list, random, shards }: Stage): number {
  const combinations = Object.values(grid).reduce((product, values) => product * values.length, 1);
  return combinations * Math.max(1, list.length) * (random?.samples ?? 1) * shards;
}

/**
 * Every setting of a stage, without the options that stay the same.
 * @example
 * const stage = { name: 'train', command: 'train', after: [], where: {}, options: {}, list: [], random: null, shards: 1 };
 * settingsOf({ ...stage, grid: { seed: [1, 2], neuron: ['half', 'full'] } }).length; // 4
 */
export function settingsOf({ name, grid, list, random }: Stage): Setting[] {
  let settings: Setting[] = [{}];
  for (const [option, values] of Object.entries(grid))
    settings = settings.flatMap((setting) => values.map((value) => ({ ...setting, [option]: value })));
  if (list.length > 0) settings = settings.flatMap((setting) => list.map((one) => ({ ...setting, ...one })));
  if (random) {
    const samples = Array.from({ length: random.samples }, (_, i) => {
      const draw = Random.seeded(random.seed).fork(`${name} ${i}`);
      const drawn = Object.entries(random.options).map(([option, from]) => [option, drawFrom(from, draw)]);
      return Object.fromEntries(drawn) as Setting;
    });
    settings = settings.flatMap((setting) => samples.map((sample) => ({ ...setting, ...sample })));
  }
  return settings;
}

function drawFrom(from: Interval | readonly OptionValue[], random: Random): OptionValue {
  if (!('from' in from)) return from[random.integer(from.length)]!;
  const { log, whole } = from;
  if (whole && !log) return from.from + random.integer(from.to - from.from + 1);
  const [low, high] = log ? [Math.log(from.from), Math.log(from.to)] : [from.from, from.to];
  const drawn = random.uniform(low, high);
  const value = Number((log ? Math.exp(drawn) : drawn).toPrecision(6));
  return whole ? Math.round(value) : value;
}
