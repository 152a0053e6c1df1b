/** @file Of questions that come too fast only the newest is asked, and none at the same time as another. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latest } from '../../src/playground/latest.ts';

test('the first and the newest are done, one after the other', async () => {
  const done: number[] = [];
  let under = 0;
  const ask = latest(async (n: number) => {
    assert.equal(++under, 1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    done.push(n);
    under--;
  });
  for (const n of [1, 2, 3, 4]) ask(n);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.deepEqual(done, [1, 4]);
});
