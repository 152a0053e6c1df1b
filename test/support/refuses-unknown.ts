/** @file The law of our files: no object in any of them has a field that its reader does not know. */
import assert from 'node:assert/strict';
import { InputError } from '../../src/errors.ts';

/** The value with an unknown field in one of its objects, once for each object. */
function* spoiled(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { ...value, colour: 'red' };
  for (const [key, part] of Object.entries(value))
    for (const other of spoiled(part))
      yield Array.isArray(value)
        ? value.map((item, i) => (String(i) === key ? other : item))
        : { ...value, [key]: other };
}

/** @param least how many objects there must be */
export function refusesEach(value: unknown, read: (value: unknown) => unknown, least: number): void {
  read(value);
  let objects = 0;
  for (const other of spoiled(value)) {
    objects++;
    assert.throws(
      () => read(other),
      (error) => error instanceof InputError && /unknown field "colour"/.test(error.message),
    );
  }
  assert.ok(objects >= least, `${objects} objects`);
}
