/** @file A reporter of node:test that prints nothing and ends the process at the first failure. */
import process from 'node:process';
import type { TestEvent } from 'node:test/reporters';

export default async function* stopAtFirst(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events)
    if (event.type === 'test:fail' && event.data.todo === undefined) process.exit(1);
  yield '';
}
