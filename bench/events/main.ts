/** @file The event suite alone: node bench/events/main.ts [--peers]. */
import { eventSuite } from './suite.ts';
import { eventTable } from './table.ts';

const figures = await eventSuite({
  peers: process.argv.includes('--peers'),
  log: (line) => console.error(line),
});
console.log(eventTable(figures));
