/** @file Paths that come from a store or a queue stay below their folder, whatever they are. */
import assert from 'node:assert/strict';
import { resolve, sep } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { InputError } from '../../../../src/errors.ts';
import { within } from '../../../../src/lab/sweep/queue/inputs.ts';

const FOLDER = resolve('cache', 'abc');

test('no path leads out of the folder, to a neighbour whose name begins alike, or to the folder itself', () => {
  for (const path of ['../abcd/x', '..', '', '.', 'a/../..', '/etc/passwd', '../../x', `..${sep}x`])
    assert.throws(() => within(FOLDER, path, 'store'), InputError, path);
  const part = fc.constantFrom('a', '..', '.', 'abc', 'abcd', '', '/', '..a');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      try {
        assert.ok(within(FOLDER, parts.join('/'), 'store').startsWith(`${FOLDER}${sep}`));
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
      }
    }),
  );
  assert.equal(within(FOLDER, 'a/../..a/b', 'store'), resolve(FOLDER, '..a', 'b'));
});
