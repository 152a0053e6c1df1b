/** @file A thread that asks again and again whether a file could be written, and tells what the first refusal said. */
import { parentPort, workerData } from 'node:worker_threads';
import { checkOutput } from '../../src/io/check-output.ts';

const { path, times } = workerData as { readonly path: string; readonly times: number };
let refusal: string | null = null;
for (let i = 0; i < times && refusal === null; i++)
  try {
    checkOutput(path);
  } catch (error) {
    refusal = (error as Error).message;
  }
parentPort!.postMessage(refusal);
