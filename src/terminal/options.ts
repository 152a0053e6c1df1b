/**
 * @file What an option of a command is: its value, default, help and how its text is read.
 * A command declares a table of these; parsing, `--help` and the echoed configuration all come from that one table.
 */
import { UsageError } from '../errors.ts';
import { brief } from '../format/fields.ts';
import { suggestion } from '../near.ts';

export interface Option<T> {
  /** What stands for the value in the help; empty for a flag. */
  readonly placeholder: string;
  readonly choices: readonly string[];
  readonly fallback: T;
  /** The default as the help shows it; empty: none. */
  readonly shown: string;
  readonly help: string;
  /** @throws UsageError that says what was expected and what was found, without the option's name. */
  readonly parse: (text: string) => T;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values that a table gives. */
export type Values<O extends OptionTable> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

/** true when present. */
export function flag(help: string): Option<boolean> {
  return {
    placeholder: '',
    choices: [],
    fallback: false,
    shown: '',
    help,
    parse: () => true,
  };
}

/** Any text; null when not given. A file or folder is one that can have a name. */
export function text(placeholder: string, help: string): Option<string | null> {
  return { placeholder, choices: [], fallback: null, shown: '', help, parse: parserOf(placeholder) };
}

export function textOr(placeholder: string, fallback: string, help: string): Option<string> {
  return { placeholder, choices: [], fallback, shown: fallback, help, parse: parserOf(placeholder) };
}

/** As `text`, where `-` is not a file but standard output. */
export function fileOrOutput(help: string): Option<string | null> {
  return { ...text('FILE', help), parse: nonEmpty };
}

const parserOf = (placeholder: string): ((found: string) => string) =>
  placeholder === 'FILE' || placeholder === 'DIR' ? (found) => pathName(found) : nonEmpty;

/**
 * A file or folder.
 * @param name of what is not an option
 * @throws UsageError for none, and for `-`, which other programs take for a stream: here it would be a file of that name
 */
export function pathName(found: string, name = ''): string {
  if (found !== '' && found !== '-') return found;
  const expected = `${name === '' ? '' : `${name}: `}expected the name of a file or folder`;
  throw new UsageError(
    found === ''
      ? `${expected}, found an empty one`
      : `${expected}, found "-"; no stream is read or written there (./- is a name)`,
  );
}

/** One of a few words. */
export function choice<const T extends string>(values: readonly T[], fallback: T, help: string): Option<T> {
  return {
    placeholder: values.join('|'),
    choices: values,
    fallback,
    shown: fallback,
    help,
    parse: (found) => oneOf(values, found),
  };
}

/** One of a few words, or null when not given; `shown` says what then happens. */
export function choiceOrNull<const T extends string>(
  values: readonly T[],
  shown: string,
  help: string,
): Option<T | null> {
  return {
    placeholder: values.join('|'),
    choices: values,
    fallback: null,
    shown,
    help,
    parse: (found) => oneOf(values, found),
  };
}

/** A whole number within bounds, both included; 1e4 is one too. */
export function integer(
  fallback: number,
  help: string,
  low = 0,
  high: number = Number.MAX_SAFE_INTEGER,
  shown: string = String(fallback),
): Option<number> {
  return {
    placeholder: 'N',
    choices: [],
    fallback,
    shown,
    help,
    parse: (found) => wholeNumber(found, low, high),
  };
}

/** A whole number within bounds, or null when not given; `shown` says what then happens. */
export function integerOrNull(
  shown: string,
  help: string,
  low = 0,
  high: number = Number.MAX_SAFE_INTEGER,
): Option<number | null> {
  return {
    placeholder: 'N',
    choices: [],
    fallback: null,
    shown,
    help,
    parse: (found) => wholeNumber(found, low, high),
  };
}

/** A number within bounds, both included. */
export function real(
  fallback: number,
  help: string,
  low = 0,
  high: number = Number.POSITIVE_INFINITY,
): Option<number> {
  return {
    placeholder: 'X',
    choices: [],
    fallback,
    shown: String(fallback),
    help,
    parse: (found) => realNumber(found, low, high),
  };
}

/** A number of at least `low`, or null when not given. */
export function realOrNull(help: string, low = 0): Option<number | null> {
  return {
    placeholder: 'X',
    choices: [],
    fallback: null,
    shown: '',
    help,
    parse: (found) => realNumber(found, low, Number.POSITIVE_INFINITY),
  };
}

/** Whole numbers with commas between them, each once, in rising order whatever the order given. */
export function integers(
  fallback: readonly number[],
  help: string,
  low: number,
  high: number,
): Option<readonly number[]> {
  return {
    placeholder: 'N,N,...',
    choices: [],
    fallback,
    shown: fallback.join(','),
    help,
    parse: (found) =>
      [...new Set(found.split(',').map((part) => wholeNumber(part, low, high)))].sort((a, b) => a - b),
  };
}

function nonEmpty(found: string): string {
  if (found === '') throw new UsageError('expected a value, found an empty one');
  return found;
}

function oneOf<T extends string>(values: readonly T[], found: string): T {
  const value = values.find((one) => one === found);
  if (value === undefined)
    throw new UsageError(
      `unknown value ${brief(found)}; ${suggestion(found, values)} (values: ${values.join(', ')})`,
    );
  return value;
}

function wholeNumber(found: string, low: number, high: number): number {
  const value = Number(found);
  if (
    !/^[+-]?\d+(e\+?\d+)?$/i.test(found.trim()) ||
    !Number.isSafeInteger(value) ||
    value < low ||
    value > high
  ) {
    const range = high === Number.MAX_SAFE_INTEGER ? `of at least ${low}` : `from ${low} to ${high}`;
    throw new UsageError(`expected a whole number ${range}, found ${brief(found)}`);
  }
  return value;
}

function realNumber(found: string, low: number, high: number): number {
  const value = Number(found);
  if (found.trim() === '' || !Number.isFinite(value) || value < low || value > high) {
    const range = high === Number.POSITIVE_INFINITY ? `of at least ${low}` : `from ${low} to ${high}`;
    throw new UsageError(`expected a number ${range}, found ${brief(found)}`);
  }
  return value;
}
