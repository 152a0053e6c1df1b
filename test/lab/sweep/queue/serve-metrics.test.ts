/** @file The endpoint for Prometheus: on the loopback alone, one page, read anew each time; a queue that does not answer is said so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveMetrics } from '../../../../src/lab/sweep/queue/serve-metrics.ts';
import { metricsText } from '../../../../src/lab/sweep/queue/status.ts';

test('GET /metrics and nothing else, on the loopback', async () => {
  const jobs = { waiting: 3, delayed: 0, active: 2, later: 4, completed: 1, failed: 0 };
  let reads = 0;
  const server = await serveMetrics(0, async () => {
    if (++reads === 2) throw new Error('gone');
    return metricsText({ queue: 'redis://here', jobs, workers: 2, jobsPerMinute: null, secondsLeft: 90 });
  });
  try {
    assert.match(server.address, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    const found = await fetch(server.address);
    assert.match(found.headers.get('content-type')!, /^text\/plain; version=0\.0\.4/);
    const text = await found.text();
    for (const line of [
      '# TYPE strelu_queue_jobs gauge',
      'strelu_queue_jobs{state="waiting"} 3',
      'strelu_queue_jobs{state="later"} 4',
      'strelu_queue_workers 2',
      'strelu_queue_jobs_per_minute NaN',
      'strelu_queue_seconds_left 90',
    ])
      assert.ok(text.split('\n').includes(line), line);
    // every line is a comment or a name, perhaps labels, and a number
    for (const line of text.trim().split('\n'))
      assert.match(line, /^(# (HELP|TYPE) strelu_\w+ .+|strelu_\w+(\{\w+="\w+"\})? (\d+(\.\d+)?|NaN))$/);
    assert.equal((await fetch(server.address)).status, 503);
    assert.equal((await fetch(server.address)).status, 200);
    assert.equal((await fetch(server.address.replace('/metrics', '/'))).status, 404);
    assert.equal((await fetch(server.address, { method: 'POST' })).status, 405);
    const port = Number(new URL(server.address).port);
    await assert.rejects(
      serveMetrics(port, async () => ''),
      new RegExp(`--metrics: port ${port} cannot be used .*name another`),
    );
  } finally {
    server.close();
  }
});
