/**
 * @file Reads parsed JSON of unknown origin into typed data: a reader either gives the value or says which key of which
 * file is not what it should be.
 */
import { InputError } from '../../errors.ts';
import { brief, nameOf } from '../../format/fields.ts';

/** @throws InputError naming `place` */
export type Reader<T> = (value: unknown, place: string) => T;

export const text: Reader<string> = (value, place) =>
  typeof value === 'string' ? value : refuse(place, 'a text', value);

export const flag: Reader<boolean> = (value, place) =>
  typeof value === 'boolean' ? value : refuse(place, 'true or false', value);

/** Beyond it differences and squares leave the range of a number; nothing that is measured comes near. */
const LARGEST = 1e100;

/** A number; null, which is how JSON writes NaN and Infinity, is NaN. */
export const number: Reader<number> = (value, place) => {
  if (value === null) return Number.NaN;
  return typeof value === 'number' && Math.abs(value) <= LARGEST
    ? value
    : refuse(place, `a number up to ${LARGEST}`, value);
};

/** A number that was measured: not null. */
export const finite: Reader<number> = (value, place) =>
  value === null ? refuse(place, 'a number', value) : number(value, place);

/** A whole number of at least 0. */
export const whole: Reader<number> = (value, place) =>
  Number.isSafeInteger(value) && Number(value) >= 0
    ? Number(value)
    : refuse(place, 'a whole number of at least 0', value);

/** A number of at least 0, or null. */
export const amount: Reader<number> = (value, place) =>
  typeof value === 'number' && value < 0
    ? refuse(place, 'a number of at least 0', value)
    : number(value, place);

/** A whole number from 1 to 2^31 - 1: T, epochs, images, neurons. */
export const count: Reader<number> = (value, place) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) < 2 ** 31
    ? Number(value)
    : refuse(place, 'a whole number from 1 to 2147483647', value);

export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : reader(value, place));
}

/** For a key that may be missing. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, place) => (value === undefined ? undefined : reader(value, place));
}

/** Entries of a list: more are no result of this program, and no figure has room for them. */
const LONGEST = 10_000;

/** @param least how many there must be, and how many there may be */
export function list<T>(item: Reader<T>, least = 0, most: number = LONGEST): Reader<readonly T[]> {
  return (value, place) =>
    Array.isArray(value) && value.length >= least && value.length <= most
      ? value.map((one: unknown, i) => item(one, `${place}[${i}]`))
      : refuse(place, `a list of ${least} to ${most} entries`, value);
}

/** An object with any keys and values of one kind. */
export function byKey<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, place) => {
    const entries = Object.entries(plainObject(value, place));
    if (entries.length > LONGEST) refuse(place, `at most ${LONGEST} keys`, value);
    return Object.fromEntries(entries.map(([key, one]) => [key, item(one, `${place}.${nameOf(key)}`)]));
  };
}

/** An object whose keys are numbers of steps. */
export function byStep<T>(item: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, place) => {
    const odd = Object.keys(plainObject(value, place)).find((key) => !/^[1-9]\d{0,8}$/.test(key));
    if (odd !== undefined) refuse(place, 'numbers of steps as keys', odd);
    return byKey(item)(value, place);
  };
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
  throw new InputError(
    `${place}: expected ${expected}, found ${brief(found)}; is it a result file of this version?`,
    { code: 'result-unreadable' },
  );
}
