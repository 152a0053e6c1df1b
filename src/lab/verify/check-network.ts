/**
 * @file Runs a spiking network with everything recorded and checks each image of that run on the threads of the runtime where there are many.
 */
import { checkInput } from '../../data/check-input.ts';
import type { Dataset } from '../../data/dataset.ts';
import { type Closeable, closeable } from '../../memory/closeable.ts';
import type { Architecture } from '../../nn/architecture.ts';
import { type Progress, SILENT } from '../../progress.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import type { SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { chooseOnce } from '../simulate/choose-once.ts';
import { joinPortions } from '../simulate/join-portions.ts';
import type { Simulated } from '../simulate/simulate-dataset.ts';
import {
  BLOCK,
  type BlockChecker,
  type BlockOptions,
  blocksOf,
  type CheckedBlock,
  openBlockChecker,
  recordFor,
} from './block-checker.ts';
import { type Checkers, startCheckers, threadsFor } from './check-in-threads.ts';
import { type ImageChecks, NetworkTally } from './network-tally.ts';
import { imagesOnRecord } from './record-memory.ts';

export interface CheckRequest extends Omit<SimulateOptions, 'record' | 'stop' | 'onProgress'> {
  /** Radius of the balls to certify around the images, in normalised values. Default: 0, none. */
  readonly radius?: number;
  /** Architecture of the trained network; without it rates are compared with the clip of the neurons. */
  readonly architecture?: Architecture;
  /** Default: nothing is shown. */
  readonly progress?: Progress;
  /** For the progress. Default: 'verifying'. */
  readonly label?: string;
}

/** What was found, and the run itself without its records. */
export interface NetworkCheck extends ImageChecks {
  readonly simulated: Simulated;
}

/**
 * @throws InputError when the network was made for other images, or a logit is NaN or infinite; UsageError when its neurons cannot settle,
 * or T is so large that the records of one image take more than 2 GiB
 */
export async function checkNetwork(
  network: SpikingNetwork,
  dataset: Dataset,
  request: CheckRequest,
): Promise<NetworkCheck> {
  const { radius = 0, architecture, progress = SILENT, label = 'verifying', ...given } = request;
  checkInput(network, dataset);
  const options = chooseOnce(network, dataset, given);
  const { count } = dataset;
  const { steps, schedule } = requestOf(network, options);
  imagesOnRecord(network, steps, recordFor(schedule), BLOCK); // what takes too much is refused at once
  const own: BlockOptions = { ...options, radius, architecture };
  const total = new NetworkTally(network, { images: count, steps, schedule, radius, architecture });
  const blocks = openBlocks(network, dataset, own);
  const results: SimulationResult[] = [];
  let milliseconds = 0;
  let threads = 1;
  try {
    progress.start(label, count);
    for (let block = 0; block < blocksOf(dataset); block++) {
      const found = await blocks.check(block, (done) => progress.update(block * BLOCK + done));
      total.absorb(found.findings);
      results.push(...found.results);
      milliseconds += found.milliseconds / found.threads;
      threads = Math.max(threads, found.threads);
    }
    progress.stop();
    const joined = joinPortions(results);
    const result = threads === 1 ? joined : { ...joined, method: `${joined.method}, ${threads} threads` };
    return { ...total.checks, simulated: { result, imagesPerSecond: (1000 * count) / milliseconds } };
  } finally {
    blocks.close();
    total.close();
  }
}

interface Blocks extends Closeable {
  /** What was found, and how many threads work like the one that found it. */
  check(
    block: number,
    onImages: (done: number) => void,
  ): Promise<CheckedBlock & { readonly threads: number }>;
}

/** Checked by threads where that is worth it; what they have not done is done here. */
function openBlocks(network: SpikingNetwork, dataset: Dataset, options: BlockOptions): Blocks {
  const checkers = checkersFor(network, dataset, options);
  let here: BlockChecker | undefined;
  return {
    async check(block, onImages) {
      const checked = await checkers?.checked(block);
      if (checked) {
        onImages(checked.findings.folded.length);
        return { ...checked, threads: checkers!.threads };
      }
      here ??= openBlockChecker(network, dataset, options);
      return { ...(await here.check(block, onImages)), threads: 1 };
    },
    ...closeable(() => {
      checkers?.close();
      here?.close();
    }),
  };
}

/** null where the caller's own thread is enough, or the network cannot go to another. */
function checkersFor(network: SpikingNetwork, dataset: Dataset, options: BlockOptions): Checkers | null {
  const threads = threadsFor(network, dataset, options);
  if (threads === 1) return null;
  try {
    return startCheckers(network, dataset, options, threads);
  } catch {
    return null;
  }
}
