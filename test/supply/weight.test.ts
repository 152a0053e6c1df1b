/** @file What `npm run weight` judges: growth beyond a share, and the times of stages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grown } from '../../scripts/weight/grown.ts';
import { tooHeavy } from '../../scripts/weight/judge.ts';
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

test('a room that is new or has grown is named, and so is an entry', () => {
  const room = (files: number, lines: number) => ({ files, lines });
  const shares = { size: 1.1, time: 4 };
  const before = { shares, times: {}, rooms: { snn: room(100, 1000) }, entries: { index: 200 } };
  assert.deepEqual(tooHeavy({ rooms: { snn: room(113, 1160) }, entries: { index: 222 } }, before), []);
  assert.deepEqual(
    tooHeavy({ rooms: { snn: room(114, 1161), toys: room(2, 61) }, entries: { index: 222.1 } }, before),
    ['files of snn', 'lines of snn', 'lines of toys', 'kilobytes of index'],
  );
});
