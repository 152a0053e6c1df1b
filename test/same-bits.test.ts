/** @file The committed digest, on the runtime that runs the tests: the same bytes for 1, 2, 3 and 8 workers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as strelu from '../src/index.ts';
import { SAME_BITS, work } from './support/same-bits.ts';

for (const workers of [1, 2, 3, 8])
  test(`${workers} workers, deterministic: the committed digest`, async () => {
    const { digest, lanes, finite } = await work(strelu, workers, true);
    assert.deepEqual({ digest, lanes, finite }, { digest: SAME_BITS, lanes: workers, finite: true });
  });

test('without deterministic the number of workers changes no bit either', async () => {
  const [one, three] = [await work(strelu, 1, false), await work(strelu, 3, false)];
  assert.equal(one.digest, three.digest);
});
