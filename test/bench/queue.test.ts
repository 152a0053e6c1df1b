/** @file The suite of the queue runs from end to end on few jobs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queueSuite, queueTable } from '../../bench/queue/suite.ts';
import { NO_REDIS } from '../support/redis.ts';

test('a study by the local runner and over the queue: every figure is there', {
  skip: NO_REDIS,
}, async () => {
  const figures = await queueSuite({ rounds: 1, trainings: 1, log: () => {} });
  assert.equal(figures.jobs, 5);
  assert.ok(figures.bytes > 0, 'Redis holds the jobs');
  // five jobs of 300 ms cannot be done in less processor time than they burn
  for (const { busyMs, local, queued } of figures.four)
    assert.ok(local > (5 * busyMs) / 1000 / figures.cores && queued > (5 * busyMs) / 1000 / figures.cores);
  assert.match(queueTable(figures), /ms more, .* bytes of Redis\n5 jobs/);
});
