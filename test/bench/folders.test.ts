/** @file The suite of folders runs from end to end on few pictures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderSuite, folderTable } from '../../bench/folders/suite.ts';

test('every number of threads reads the same images, and has its row', async () => {
  const figures = await folderSuite({ pictures: 40, rounds: 1, log: () => {} });
  assert.ok(figures.reading.length >= 2 && figures.bytesPerPicture > 1000);
  for (const { threads, imagesPerSecond, best } of figures.reading) {
    assert.ok(imagesPerSecond > 0 && best >= imagesPerSecond);
    assert.match(folderTable(figures), new RegExp(`calling thread and ${threads} more: +\\d+ images/s`));
  }
});
