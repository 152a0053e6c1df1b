/** @file The options of one stage: none is the sweep's own, and none is said in two places of which one would change nothing. */
import { InputError } from '../../errors.ts';
import { AUTO_IN_PARTS } from '../simulate/shard.ts';
import { OWN_OPTIONS, type Stage } from './study.ts';

/** The options that vary in a stage. */
export const variedOptions = ({ grid, list, random }: Stage): string[] => [
  ...new Set([grid, ...list, random?.options ?? {}].flatMap(Object.keys)),
];

/** All values that an option has in a stage, whatever varies. */
function valuesOf({ options, grid, list, random }: Stage, name: string): readonly unknown[] {
  return [options[name], grid[name], ...list.map((entry) => entry[name]), random?.options[name]].flat();
}

/** @param place what messages call the stage @throws InputError */
export function checkSettings(stage: Stage, place: string): void {
  const names = [...Object.keys(stage.options), ...variedOptions(stage)];
  const own = names.find((name) => OWN_OPTIONS.includes(name));
  if (stage.shards > 1 && stage.command !== 'simulate')
    throw new InputError(
      `${place}: shards expected a stage of simulate, found one of ${stage.command}; leave it out`,
    );
  if (stage.shards > 1 && names.includes('spikes'))
    throw new InputError(`${place}: spikes expected a stage without shards, found ${stage.shards} of them`);
  if (stage.shards > 1 && valuesOf(stage, 'engine').includes('auto'))
    throw new InputError(`${place}: engine ${AUTO_IN_PARTS}`);
  if (own === 'shard') throw new InputError(`${place}: shard is set by the sweep; say shards: N instead`);
  if (own !== undefined) throw new InputError(`${place}: ${own} is set by the sweep; leave it out`);
  if (stage.random && Object.keys(stage.random.options).length === 0)
    throw new InputError(`${place}: random: options should have at least one, found none; leave it out`);
  checkTwice(stage, place);
}

/** A setting is `options` with a part of `grid`, of `list` and of `random`, the later over the earlier. */
function checkTwice({ options, grid, list, random }: Stage, place: string): void {
  const inList = [...new Set(list.flatMap(Object.keys))];
  // an entry of the list may have another value than the rest
  const inAllOfList = inList.filter((name) => list.every((one) => Object.hasOwn(one, name)));
  const places: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
    ['options', 'grid', Object.keys(options), Object.keys(grid)],
    ['options', 'every entry of list', Object.keys(options), inAllOfList],
    ['options', 'random', Object.keys(options), Object.keys(random?.options ?? {})],
    ['grid', 'list', Object.keys(grid), inList],
    ['grid', 'random', Object.keys(grid), Object.keys(random?.options ?? {})],
    ['list', 'random', inList, Object.keys(random?.options ?? {})],
  ];
  for (const [one, other, first, second] of places) {
    const twice = first.find((name) => second.includes(name));
    if (twice !== undefined)
      throw new InputError(
        `${place}: ${twice} expected in one place, found in ${one} and in ${other}, which would hide the first; leave it out of one of them`,
      );
  }
}
