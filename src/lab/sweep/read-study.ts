/** @file Reads a study from JSON; study.schema.json beside this file says the same to editors. */
import { InputError } from '../../errors.ts';
import { brief, type Fields, readFields } from '../../format/fields.ts';
import { MOST_SHARDS } from '../simulate/shard.ts';
import { checkStudy } from './check-study.ts';
import {
  type Interval,
  type OptionValue,
  type RandomSearch,
  type Setting,
  STAGE_COMMANDS,
  type Stage,
  type Study,
} from './study.ts';

/** What an option's value can be. */
const VALUE = 'text, number, true or false';
/** More settings or samples than this are a slip. */
const MOST = 100_000;

/**
 * @param source the file's name, for errors
 * @throws InputError naming the stage and the field
 * @example
 * const study = parseStudy({ name: 'seeds', stages: [{ name: 'train', command: 'train', grid: { seed: [1, 2] } }] }, 'study.json');
 * study.stages[0].grid.seed; // [1, 2]
 */
export function parseStudy(value: unknown, source: string): Study {
  const study = readFields(value, source, (fields): Study => {
    if (fields.has('$schema')) fields.text('$schema');
    return {
      name: fields.text('name'),
      stages: fields.list('stages').map((stage) => readStage(stage)),
      repeat: fields.has('repeat') ? fields.texts('repeat') : ['seed'],
      metrics: fields.has('metrics') ? fields.texts('metrics') : [],
    };
  });
  if (!/^[\w-]{1,60}$/.test(study.name))
    throw new InputError(`${source}: name should be letters, digits, - and _, found ${brief(study.name)}`);
  checkStudy(study, source);
  return study;
}

function readStage(fields: Fields): Stage {
  const values = fields.has('list') ? fields.list('list') : [];
  if (fields.has('list') && values.length === 0)
    throw new InputError(`${fields.place}: list should have at least one setting, found none; leave it out`);
  return {
    name: fields.text('name'),
    command: fields.choice('command', STAGE_COMMANDS),
    after: afterOf(fields),
    where: fields.has('where') ? settingOf(fields.object('where')) : {},
    options: fields.has('options') ? settingOf(fields.object('options')) : {},
    grid: fields.has('grid')
      ? eachOf(fields.object('grid'), (grid, name) => grid.values(name, readValue, VALUE))
      : {},
    list: values.map(settingOf),
    random: fields.has('random') ? readRandom(fields.object('random')) : null,
    shards: fields.has('shards') ? readShards(fields) : 1,
  };
}

function readShards(fields: Fields): number {
  const shards = fields.count('shards');
  if (shards > MOST_SHARDS)
    throw new InputError(`${fields.place}: shards should be at most ${MOST_SHARDS}, found ${shards}`);
  return shards;
}

/** One stage, or a list of them. */
function afterOf(fields: Fields): string[] {
  if (!fields.has('after')) return [];
  return fields.isList('after') ? fields.texts('after') : [fields.text('after')];
}

function readRandom(fields: Fields): RandomSearch {
  const samples = fields.count('samples');
  if (samples > MOST)
    throw new InputError(`${fields.place}: samples should be at most ${MOST}, found ${samples}`);
  return {
    samples,
    seed: fields.has('seed') ? fields.count('seed', 0) : 1,
    options: eachOf(fields.object('options'), (options, name) =>
      options.isList(name) ? options.values(name, readValue, VALUE) : readInterval(options.object(name)),
    ),
  };
}

function readInterval(fields: Fields): Interval {
  const from = fields.number('from');
  const to = fields.number('to', from);
  const log = fields.has('log') && fields.flag('log');
  if (log && from <= 0)
    throw new InputError(`${fields.place}: from should be above 0 with log, found ${from}`);
  return { from, to, log, whole: fields.has('whole') && fields.flag('whole') };
}

const settingOf = (fields: Fields): Setting =>
  eachOf(fields, (setting, name) => setting.value(name, readValue, VALUE));

function eachOf<T>(fields: Fields, read: (fields: Fields, name: string) => T): Record<string, T> {
  return Object.fromEntries(fields.names().map((name) => [name, read(fields, name)]));
}

function readValue(found: unknown): OptionValue | undefined {
  const finite = typeof found !== 'number' || Number.isFinite(found);
  return ['string', 'number', 'boolean'].includes(typeof found) && finite
    ? (found as OptionValue)
    : undefined;
}
