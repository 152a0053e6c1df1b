/**
 * @file Reads the fields of parsed JSON, checks each, and names the one that is wrong. A field that nobody asked for is refused:
 * what a reader does not know might change the meaning of what it does know.
 */
import { InputError } from '../errors.ts';
import { nearNames, suggestion } from '../near.ts';
import type { Border, Pair } from '../nn/map-window.ts';

/** Typed access to one JSON object. Every getter throws an InputError that names file, place and field. */
export interface Fields {
  /** The file and the place in it, for errors. */
  readonly place: string;
  text(field: string): string;
  choice<T extends string>(field: string, choices: readonly T[]): T;
  flag(field: string): boolean;
  /** A finite number in [low, high]. */
  number(field: string, low?: number, high?: number): number;
  /** A whole number in [low, 2^31). */
  count(field: string, low?: number): number;
  /** A whole number in [low, 2^31) for both directions, or [vertical, horizontal]. */
  pair(field: string, low?: number): Pair;
  /** A whole number, 0 or more, for all sides, or [top, bottom, left, right]. */
  border(field: string, low?: number): Border;
  /**
   * Refuses fields that are none of these, before any is read: a slip in a field that must be there is then told by its near name.
   * @param what the object is, for the error
   */
  only(known: readonly string[], what?: string): void;
  /** [height, width, channels], each at least 1. */
  shape(field: string): [number, number, number];
  list(field: string): Fields[];
  /** A list of lists. */
  lists(field: string): Fields[][];
  object(field: string): Fields;
  texts(field: string): string[];
  numbers(field: string): number[];
  has(field: string): boolean;
  /** Every field, for objects whose names are free. */
  names(): string[];
  isList(field: string): boolean;
  /** What `read` takes a value for; undefined: refused. */
  value<T>(field: string, read: (found: unknown) => T | undefined, expected: string): T;
  /** The same of a list of at least one. */
  values<T>(field: string, read: (found: unknown) => T | undefined, expected: string): T[];
  /** Whether it is a JSON object, and no number or list. */
  isObject(field: string): boolean;
}

/**
 * What `read` makes of the fields of a JSON object; when it is done, no field may be left, there and in the objects within.
 * @param place the file and the place in it, for errors
 * @throws InputError when the value is no object, or has a field that `read` did not ask for
 * @example
 * readFields({ name: 'lenet', classes: 10 }, 'model.json', (f) => [f.text('name'), f.count('classes')]); // ['lenet', 10]
 */
export function readFields<T>(value: unknown, place: string, read: (fields: Fields) => T): T {
  const opened: (() => void)[] = [];
  const result = read(fieldsOf(value, place, opened));
  for (const finish of opened) finish();
  return result;
}

/** @param opened a check that all fields were asked for, of each object that was opened */
function fieldsOf(value: unknown, place: string, opened: (() => void)[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${place}: expected a JSON object, found ${brief(value)}`);
  }
  const asked = new Set<string>();
  opened.push(() => {
    const unknown = Object.keys(value).find((field) => !asked.has(field));
    if (unknown !== undefined) refuseUnknown(unknown, [...asked], place);
  });
  const get = (field: string): unknown => {
    asked.add(field);
    return Object.hasOwn(value, field) ? withoutSign(value[field as keyof typeof value]) : undefined;
  };
  const refuse = (field: string, expected: string): never => {
    const others = Object.hasOwn(value, field) ? [] : Object.keys(value).slice(0, 40);
    const [near] = nearNames(
      field,
      others.filter((name) => name.length <= 40),
    );
    const instead = near === undefined ? '' : ` (there is ${brief(near)})`;
    throw new InputError(`${place}: ${field} should be ${expected}, found ${brief(get(field))}${instead}`);
  };
  const isCount = (size: unknown, low: number): size is number =>
    Number.isInteger(size) && (size as number) >= low && (size as number) < 2 ** 31;
  return {
    place,
    text(field) {
      const found = get(field);
      return typeof found === 'string' ? found : refuse(field, 'a text');
    },
    choice(field, choices) {
      const found = choices.find((choice) => choice === get(field));
      return found ?? refuse(field, `one of ${choices.join(', ')}`);
    },
    flag(field) {
      const found = get(field);
      return typeof found === 'boolean' ? found : refuse(field, 'true or false');
    },
    number(field, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY) {
      const found = get(field);
      return typeof found === 'number' && Number.isFinite(found) && found >= low && found <= high
        ? found
        : refuse(field, `a number from ${low} to ${high}`);
    },
    count(field, low = 1) {
      const found = get(field);
      return isCount(found, low) ? found : refuse(field, `a whole number from ${low} on`);
    },
    pair(field, low = 1) {
      const found = get(field);
      const both = Array.isArray(found) ? found : [found, found];
      return both.length === 2 && both.every((one) => isCount(one, low))
        ? (both as [number, number])
        : refuse(field, `a whole number from ${low} on, or [vertical, horizontal]`);
    },
    border(field, low = 0) {
      const found = get(field);
      const sides = Array.isArray(found) ? found : [found, found, found, found];
      return sides.length === 4 && sides.every((side) => isCount(side, low))
        ? (sides as [number, number, number, number])
        : refuse(field, `a whole number from ${low} on, or [top, bottom, left, right]`);
    },
    only(known, what) {
      const unknown = Object.keys(value).find((field) => !known.includes(field));
      if (unknown !== undefined)
        refuseUnknown(unknown, known, what === undefined ? place : `${place} (${what})`);
      for (const field of known) asked.add(field);
    },
    shape(field) {
      const found = get(field);
      return Array.isArray(found) && found.length === 3 && found.every((size) => isCount(size, 1))
        ? (found as [number, number, number])
        : refuse(field, '[height, width, channels]');
    },
    list(field) {
      const found = get(field);
      return Array.isArray(found)
        ? found.map((item, i) => fieldsOf(item, `${place}: ${field}[${i}]`, opened))
        : refuse(field, 'a list');
    },
    lists(field) {
      const found = get(field);
      return Array.isArray(found) && found.every(Array.isArray)
        ? found.map((list: readonly unknown[], i) =>
            list.map((item, k) => fieldsOf(item, `${place}: ${field}[${i}][${k}]`, opened)),
          )
        : refuse(field, 'a list of lists');
    },
    object: (field) => fieldsOf(get(field), `${place}: ${field}`, opened),
    texts(field) {
      const found = get(field);
      return Array.isArray(found) && found.every((item) => typeof item === 'string')
        ? found
        : refuse(field, 'a list of texts');
    },
    numbers(field) {
      const found = get(field);
      return Array.isArray(found) && found.every((item) => typeof item === 'number')
        ? found
        : refuse(field, 'a list of numbers');
    },
    has: (field) => get(field) !== undefined,
    names: () => Object.keys(value),
    isList: (field) => Array.isArray(get(field)),
    value: (field, read, expected) => read(get(field)) ?? refuse(field, expected),
    values(field, read, expected) {
      const found = get(field);
      if (!Array.isArray(found) || found.length === 0)
        return refuse(field, `a list of at least one ${expected}`);
      return found.map((item: unknown, i) => {
        const value = read(item);
        if (value !== undefined) return value;
        throw new InputError(`${place}: ${field}[${i}] should be ${expected}, found ${brief(item)}`);
      });
    },
    isObject: (field) => typeof get(field) === 'object' && get(field) !== null && !Array.isArray(get(field)),
  };
}

/** JSON has -0 and does not write it; so what is read is what would be written. */
function withoutSign(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  return Array.isArray(value) && value.some((part) => Object.is(part, -0)) ? value.map(withoutSign) : value;
}

function refuseUnknown(unknown: string, known: readonly string[], place: string): never {
  throw new InputError(`${place}: unknown field ${brief(unknown)}; ${suggestion(unknown, known)}`);
}

/** A value in a few letters, whatever it is: lists and objects are not looked into further than their first floor. */
export function brief(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string')
    return value.length > 40 ? `${JSON.stringify(value.slice(0, 36))}...` : JSON.stringify(value);
  if (Array.isArray(value)) {
    if (value.length > 10 || value.some((item) => typeof item === 'object' && item !== null))
      return `a list of ${value.length}`;
    return `[${value.map(brief).join(',')}]`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** A name as it is where it is a plain one, in quotes and cut short otherwise. */
export const nameOf = (text: string): string => (/^[\w./:-]{1,60}$/.test(text) ? text : brief(text));
