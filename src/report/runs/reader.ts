/**
 * @file Reads parsed JSON of unknown origin into typed data: a reader either gives the value or says which key of which
 * file is not what it should be.
 */
import { InputError } from '../../errors.ts';

/** @throws InputError naming `place` */
export type Reader<T> = (value: unknown, place: string) => T;

export const text: Reader<string> = (value, place) =>
  typeof value === 'string' ? value : refuse(place, 'a text', value);

export const flag: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : refuse(place, 'true or false', value);

/** A number; null, which is how JSON writes NaN and Infinity, is NaN. */
export const number: Reader<number> = (value, place) =>
  typeof value === 'number' ? value : value === null ? Number.NaN : refuse(place, 'a number', value);

/** A whole number of at least 1. */
export const count: Reader<number> = (value, place) =>
  Number.isSafeInteger(value) && Number(value) >= 1
    ? Number(value)
    : refuse(place, 'a whole number of at least 1', value);

export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : reader(value, place));
}

/** For a key that may be missing. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, place) => (value === undefined ? undefined : reader(value, place));
}

export function list<T>(item: Reader<T>): Reader<readonly T[]> {
  return (value, place) =>
    Array.isArray(value)
      ? value.map((one: unknown, i) => item(one, `${place}[${i}]`))
      : refuse(place, 'a list', value);
}

/** An object with any keys and values of one kind. */
export function byKey<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, place) =>
    Object.fromEntries(
      Object.entries(plainObject(value, place)).map(([key, one]) => [key, item(one, `${place}.${key}`)]),
    );
}

/** An object with these keys; others are ignored. */
export function fields<T extends object>(
  readers: {
    readonly [K in keyof T]-?: Reader<T[K]>;
  },
): Reader<T> {
  return (value, place) => {
    const found = plainObject(value, place);
    const read = Object.entries<Reader<unknown>>(readers).map(([key, reader]): [string, unknown] => [
      key,
      reader(Object.hasOwn(found, key) ? found[key] : undefined, `${place}.${key}`),
    ]);
    return Object.fromEntries(read.filter(([, one]) => one !== undefined)) as T;
  };
}

function plainObject(value: unknown, place: string): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : refuse(place, 'an object', value);
}

export function refuse(place: string, expected: string, found: unknown): never {
  const shown = found === undefined ? 'nothing' : JSON.stringify(found);
  const short = shown.length > 40 ? `${shown.slice(0, 37)}...` : shown;
  throw new InputError(
    `${place}: expected ${expected}, found ${short}; is it a result file of this version?`,
    { code: 'result-unreadable' },
  );
}
