/**
 * @file `assert.deepEqual` for large data: what differs is told by its place, found and expected, not as a difference of all lines,
 * which takes minutes where arrays are long.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';

interface Difference {
  /** As a program would write it: '.record[2].spikes[17]'. */
  readonly place: string;
  readonly found: unknown;
  readonly expected: unknown;
}

/**
 * @param what of the message
 * @throws AssertionError that names the first place where they differ
 */
export function assertSame(found: unknown, expected: unknown, what = ''): void {
  if (isDeepStrictEqual(found, expected)) return;
  const { place, ...values } = firstDifference(found, expected, '');
  const [one, other] = [values.found, values.expected].map((value) => shown(value));
  assert.fail(`${what || 'the same'}: expected ${other} at ${place || 'the value itself'}, found ${one}`);
}

function firstDifference(found: unknown, expected: unknown, place: string): Difference {
  if (isObject(found) && isObject(expected) && found.constructor === expected.constructor) {
    const isList = Array.isArray(found) || ArrayBuffer.isView(found);
    const keys = new Set([...Object.keys(found), ...Object.keys(expected)]);
    for (const key of keys) {
      const [one, other] = [found[key], expected[key]];
      if (!isDeepStrictEqual(one, other))
        return firstDifference(one, other, `${place}${isList ? `[${key}]` : `.${key}`}`);
    }
  }
  return { place, found, expected };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function shown(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (!isObject(value)) return String(value);
  const { length } = value;
  return `${value.constructor?.name ?? 'object'}${typeof length === 'number' ? ` of ${length}` : ''}`;
}
