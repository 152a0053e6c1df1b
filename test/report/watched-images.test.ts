/** @file A report says which images a learning curve is of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learningTable } from '../../src/report/tables.ts';

test('the column of the curve is named after the images that were looked at', () => {
  const curve = [{ epoch: 1, loss: 1, trainAccuracy: 50, testAccuracy: 60, imagesPerSecond: 1 }];
  const titles = (split?: string): string[] => learningTable(curve, split).columns.map(({ title }) => title);
  assert.ok(titles().includes('test %'));
  assert.ok(titles('validation').includes('validation %') && !titles('validation').includes('test %'));
});
