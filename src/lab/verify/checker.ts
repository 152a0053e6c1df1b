/**
 * @file What a checking thread runs: it draws block after block from a counter that all threads share, checks it on a runtime of its own,
 * and posts what it found. A block that it cannot check it posts without findings: the owner does it again, and meets the error.
 */
import type { Dataset } from '../../data/dataset.ts';
import { decodeSnn } from '../../format/snn-format.ts';
import { postToOwner, runThread } from '../../platform/threads.ts';
import { createRuntime } from '../../runtime.ts';
import { type BlockOptions, blocksOf, type CheckedBlock, openBlockChecker } from './block-checker.ts';

/** What the thread is given at its start; images and counter are shared, everything else is cloned. */
export interface CheckerData {
  /** As a file. */
  readonly network: Uint8Array<ArrayBuffer>;
  readonly dataset: Dataset;
  readonly options: Omit<BlockOptions, 'runtime'>;
  readonly deterministic: boolean;
  /** [1] int32: the next block. */
  readonly next: SharedArrayBuffer;
}

/** What it posts. */
export interface CheckerMessage {
  readonly block: number;
  /** null: it could not check this one. */
  readonly checked: CheckedBlock | null;
}

runThread((data) => void checkBlocks(data as CheckerData));

async function checkBlocks({ network, dataset, options, deterministic, next }: CheckerData): Promise<void> {
  const runtime = createRuntime({ deterministic });
  const counter = new Int32Array(next);
  const blocks = blocksOf(dataset);
  const post = (message: CheckerMessage): void => postToOwner(message);
  let block = Atomics.add(counter, 0, 1);
  try {
    const checker = openBlockChecker(decodeSnn(network, 'network'), dataset, { ...options, runtime });
    for (; block < blocks; block = Atomics.add(counter, 0, 1))
      post({ block, checked: await checker.check(block) });
    checker.close();
  } catch {
    post({ block, checked: null });
  }
  runtime.close();
}
