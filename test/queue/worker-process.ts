/** @file A worker as a process of its own, whose jobs are any program: `node worker-process.ts JSON`. SIGTERM drains it. */
import process from 'node:process';
import { type WorkerWords, workerHere } from './workers.ts';

const end = await workerHere(JSON.parse(process.argv[2]!) as WorkerWords);
process.on('SIGTERM', async () => {
  await end();
  process.exit(0);
});
console.log('ready');
