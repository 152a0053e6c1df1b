/**
 * @file Reads the fields of parsed JSON, checks each, and names the one that is wrong.
 */
import { InputError } from '../errors.ts';
import { suggestion } from '../near.ts';
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
  /** A whole number >= 0 for all sides, or [top, bottom, left, right]. */
  border(field: string): Border;
  /** Refuses fields that are none of these. */
  only(known: readonly string[]): void;
  /** [height, width, channels], each at least 1. */
  shape(field: string): [number, number, number];
  list(field: string): Fields[];
  /** A list of lists. */
  lists(field: string): Fields[][];
  object(field: string): Fields;
  texts(field: string): string[];
  has(field: string): boolean;
}

/**
 * The fields of a JSON object.
 * @param place the file and the place in it, for errors
 * @throws InputError when the value is no object
 * @example
 * fieldsOf({ name: 'lenet', classes: 10 }, 'model.json').count('classes'); // 10
 */
export function fieldsOf(value: unknown, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${place}: expected a JSON object, found ${brief(value)}`);
  }
  const get = (field: string): unknown =>
    Object.hasOwn(value, field) ? value[field as keyof typeof value] : undefined;
  const refuse = (field: string, expected: string): never => {
    throw new InputError(`${place}: ${field} should be ${expected}, found ${brief(get(field))}`);
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
    border(field) {
      const found = get(field);
      const sides = Array.isArray(found) ? found : [found, found, found, found];
      return sides.length === 4 && sides.every((side) => isCount(side, 0))
        ? (sides as [number, number, number, number])
        : refuse(field, 'a whole number from 0 on, or [top, bottom, left, right]');
    },
    only(known) {
      const unknown = Object.keys(value).find((field) => !known.includes(field));
      if (unknown !== undefined)
        throw new InputError(`${place}: unknown field "${unknown}"; ${suggestion(unknown, known)}`);
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
        ? found.map((item, i) => fieldsOf(item, `${place}: ${field}[${i}]`))
        : refuse(field, 'a list');
    },
    lists(field) {
      const found = get(field);
      return Array.isArray(found) && found.every(Array.isArray)
        ? found.map((list: readonly unknown[], i) =>
            list.map((item, k) => fieldsOf(item, `${place}: ${field}[${i}][${k}]`)),
          )
        : refuse(field, 'a list of lists');
    },
    object: (field) => fieldsOf(get(field), `${place}: ${field}`),
    texts(field) {
      const found = get(field);
      return Array.isArray(found) && found.every((item) => typeof item === 'string')
        ? found
        : refuse(field, 'a list of texts');
    },
    has: (field) => get(field) !== undefined,
  };
}

function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
