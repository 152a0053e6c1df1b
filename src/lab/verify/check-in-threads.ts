/**
 * @file Blocks of images checked by threads, each with a runtime of its own. What the threads have not done (not started, died, an error)
 * the caller does itself.
 */
import type { Dataset } from '../../data/dataset.ts';
import { shareImages } from '../../data/share-images.ts';
import { encodeSnn } from '../../format/snn-format.ts';
import { type Closeable, closeable } from '../../memory/closeable.ts';
import { spawnThread, type Thread } from '../../platform/threads.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { NEURONS } from '../../snn/neurons/index.ts';
import type { Neuron } from '../../snn/neurons/neuron.ts';
import { requestOf } from '../../snn/request.ts';
import { type BlockOptions, blocksOf, type CheckedBlock, recordFor } from './block-checker.ts';
import type { CheckerData, CheckerMessage } from './checker.ts';
import { CHECKER_MODULE } from './checker-module.ts';
import { threadsInMemory } from './record-memory.ts';

/** A thread takes about as long to start as some of these need: with fewer for each the caller is done before. */
const BLOCKS_EACH = 4;

export interface Checkers extends Closeable {
  readonly threads: number;
  /** The findings of a block once a thread has them; null where none will. One block at a time, in any order. */
  checked(block: number): Promise<CheckedBlock | null>;
}

/**
 * How many threads are worth it: as many as the runtime has lanes; 1, the caller's own, where a network or an option cannot go to
 * another thread, or plain loops are asked for.
 */
export function threadsFor(network: SpikingNetwork, dataset: Dataset, options: BlockOptions): number {
  const { runtime, profile } = options;
  const { steps, schedule, kernels } = requestOf(network, options);
  if (!runtime || kernels === 'reference' || profile || !isKnown(network.neuron)) return 1;
  const most = threadsInMemory(network, steps, recordFor(schedule));
  return Math.max(1, Math.min(runtime.team.lanes, most, Math.floor(blocksOf(dataset) / BLOCKS_EACH)));
}

/** A thread finds it by what the network's file says: its name and slope. */
const isKnown = (neuron: Neuron): boolean =>
  NEURONS.some((known) => neuron === (known.withSlope?.(neuron.slope ?? 1) ?? known));

/**
 * Starts the threads. Close them in the end.
 * @param spawn how a thread is started. Default: as the platform does it
 * @throws Error where the network or an option cannot go to another thread
 */
export function startCheckers(
  network: SpikingNetwork,
  dataset: Dataset,
  { runtime, ...options }: BlockOptions,
  threads: number,
  spawn: typeof spawnThread = spawnThread,
): Checkers {
  const data: CheckerData = {
    network: encodeSnn(network),
    dataset: shareImages(dataset),
    options: { ...options, threads },
    deterministic: runtime?.team.deterministic ?? false,
    next: new SharedArrayBuffer(4),
  };
  const came = new Map<number, CheckedBlock | null>();
  let wake = (): void => {};
  const running = new Set<Thread>();
  const { close, ...ends } = closeable(() => {
    for (const thread of running) thread.terminate();
    running.clear();
    wake();
  });
  try {
    for (let i = 0; i < threads; i++) {
      const thread = spawn(CHECKER_MODULE, data);
      running.add(thread);
      thread.onMessage((message) => {
        const { block, checked } = message as CheckerMessage;
        came.set(block, checked);
        if (checked === null) running.delete(thread); // it ends
        wake();
      });
      thread.onExit(() => {
        running.delete(thread);
        wake();
      });
      thread.hold();
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    threads,
    async checked(block) {
      while (!came.has(block) && running.size > 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      const found = came.get(block) ?? null;
      came.delete(block);
      return found;
    },
    close,
    ...ends,
  };
}
