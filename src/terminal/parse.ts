/**
 * @file Reads the words after a command against its option table. Nothing is ever ignored: what is not in the
 * table, given twice, without its value or with one too many is an error that names what was near.
 */
import { UsageError } from '../errors.ts';
import { brief, nameOf } from '../format/fields.ts';
import { suggestion } from '../near.ts';
import type { OptionTable, Values } from './options.ts';

export interface Parsed<O extends OptionTable> {
  readonly values: Values<O>;
  readonly positionals: readonly string[];
  /** Names of the options that were given. */
  readonly given: ReadonlySet<string>;
}

/**
 * @param words what follows the command's name
 * @throws UsageError
 * @example
 * parseOptions(['--seed=7'], { seed: integer(1, 'seed') }).values.seed; // 7
 */
export function parseOptions<O extends OptionTable>(words: readonly string[], table: O): Parsed<O> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) values[name] = option.fallback;
  const given = new Set<string>();
  const positionals: string[] = [];
  const names = Object.keys(table);

  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--') {
      positionals.push(...words.slice(i + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = (equals < 0 ? word : word.slice(0, equals)).replace(/^--?/, '');
    const option = Object.hasOwn(table, name) && word.startsWith('--') ? table[name] : undefined;
    if (!option)
      throw new UsageError(`unknown option ${nameOf(word.split('=')[0]!)}; ${suggestion(name, names, '--')}`);
    if (given.has(name)) throw new UsageError(`--${name} is given twice; give it once`);
    given.add(name);
    if (option.placeholder === '') {
      if (equals >= 0)
        throw new UsageError(`--${name} takes no value, found ${brief(word.slice(equals + 1))}`);
      values[name] = option.parse('');
      continue;
    }
    let found: string | undefined = equals >= 0 ? word.slice(equals + 1) : words[++i];
    if (equals < 0 && found?.startsWith('--')) found = undefined;
    if (found === undefined) throw new UsageError(`--${name} needs a value: --${name} ${option.placeholder}`);
    try {
      values[name] = option.parse(found);
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`--${name}: ${error.message}`);
      throw error;
    }
  }
  return { values: values as Values<O>, positionals, given };
}
