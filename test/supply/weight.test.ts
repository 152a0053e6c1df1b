/** @file What `npm run weight` judges: growth beyond a share, and the times of stages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grown } from '../../scripts/weight/grown.ts';
import { stageTimes } from '../../scripts/weight/times.ts';

const figure = (value: number, before?: number) => ({ name: `${value}`, value, before });

test('what grows by more than its share is named; less is not, and what is new may be small', () => {
  assert.deepEqual(grown([figure(110, 100), figure(111, 100), figure(90, 100)], 1.1, 0), ['111']);
  assert.deepEqual(grown([figure(115, 100), figure(116, 100)], 1.1, 5), ['116']);
  assert.deepEqual(grown([figure(5), figure(6)], 1.1, 5), ['6']);
});

test('a stage takes until the next begins; all of them as long as the last one began', () => {
  const text = '0\tnpm ci && npm start\n40\tnpm ci && npm test\n400\tother\n2000\tdone\n';
  assert.deepEqual(stageTimes(text), { start: 40, test: 360, ci: 2000 });
  assert.deepEqual(stageTimes('3\tnpm ci && npm start\n'), { ci: 3 });
});
