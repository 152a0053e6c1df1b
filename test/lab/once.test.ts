import assert from 'node:assert/strict';
import { test } from 'node:test';
import { once } from '../../src/lab/once.ts';

test('what is made once is made when it is asked for, and never again, even if it is nothing', () => {
  let made = 0;
  const value = once(() => {
    made++;
    return undefined;
  });
  assert.equal(made, 0);
  value();
  value();
  assert.equal(made, 1);
});
