import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { inPortions } from '../../src/lab/in-portions.ts';

async function portions(
  total: number,
  most: number,
  work: (count: number) => Promise<void> | void,
): Promise<number[]> {
  const found: number[] = [];
  let next = 0;
  await inPortions(total, most, (start, count) => {
    assert.equal(start, next);
    next += count;
    found.push(count);
    return work(count);
  });
  assert.equal(next, total);
  return found;
}

test('each image once, in order; quick work in few portions that grow, never above the most', async () => {
  assert.deepEqual(await portions(700, 200, () => {}), [1, 8, 64, 200, 200, 200, 27]);
  assert.deepEqual(await portions(5, 2, () => {}), [1, 2, 2]);
  assert.deepEqual(await portions(0, 10, () => {}), []);
});

test('slow work in small ones: the loop is left to others about every second', async () => {
  const found = await portions(12, 200, (count) => setTimeout(300 * count));
  assert.ok(Math.max(...found) <= 4, String(found));
});

test('between any two, what was waiting has its turn', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  await portions(20, 1, () => {
    const end = performance.now() + 5;
    while (performance.now() < end);
  });
  clearInterval(timer);
  assert.ok(turns >= 10, String(turns));
});
