/**
 * @file Runs a spiking network with everything recorded and checks each image of that run, block by block. The sums of a block are made
 * apart, and a block has the same images whoever checks it: so the last bits of all sums are the same for any number of threads.
 */
import type { Dataset } from '../../data/dataset.ts';
import { type Closeable, closeable } from '../../memory/closeable.ts';
import type { Architecture } from '../../nn/architecture.ts';
import { refuseNonFiniteLogits } from '../../nn/finite-logits.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import { openSimulation } from '../../snn/simulate.ts';
import type { RecordOptions, Schedule, SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { inPortions, type Pace } from '../in-portions.ts';
import { networkInput } from '../simulate/network-input.ts';
import { type Findings, NetworkTally } from './network-tally.ts';
import { imagesOnRecord } from './record-memory.ts';

/** Images of a block; the last one has what is left. */
export const BLOCK = 16;

export const blocksOf = ({ count }: Pick<Dataset, 'count'>): number => Math.ceil(count / BLOCK);

export interface BlockOptions extends Omit<SimulateOptions, 'record' | 'stop' | 'onProgress'> {
  /** Radius of the balls to certify around the images, in normalised values; 0: none. */
  readonly radius: number;
  readonly architecture?: Architecture | undefined;
  /** Threads that check blocks at the same time. Default: 1. */
  readonly threads?: number;
}

/** What was found of a block, and its run without records, as plain data. */
export interface CheckedBlock {
  readonly findings: Findings;
  readonly results: readonly SimulationResult[];
  /** Of the run alone. */
  readonly milliseconds: number;
}

/** Close it in the end. */
export interface BlockChecker extends Closeable {
  /** @param onImages is called with the number of images of the block that are done */
  check(block: number, onImages?: (done: number) => void): Promise<CheckedBlock>;
}

/** What must be on record of a run that is checked. */
export const recordFor = (schedule: Schedule): RecordOptions =>
  schedule === 'settling' ? { counts: true } : { spikes: true, membrane: true, currents: true };

/** @throws UsageError when its neurons cannot settle, or T is so large that the records of one image take more than 2 GiB */
export function openBlockChecker(
  network: SpikingNetwork,
  dataset: Dataset,
  { radius, architecture, threads = 1, ...options }: BlockOptions,
): BlockChecker {
  const { labels, count } = dataset;
  const { steps, schedule } = requestOf(network, options);
  const record = recordFor(schedule);
  const most = imagesOnRecord(network, steps, record, BLOCK, threads);
  // plain loops throughout where the kernels are: whoever asks for them wants the definition
  const runtime = options.kernels === 'reference' ? undefined : options.runtime;
  const simulation = openSimulation(network, { ...options, record }, Math.min(most, count));
  let tally: NetworkTally;
  try {
    const given = { images: BLOCK, steps, schedule, radius, architecture, runtime, threads };
    tally = new NetworkTally(network, given);
  } catch (error) {
    simulation.close();
    throw error;
  }
  const pace: Pace = { next: 1 };
  return {
    async check(block, onImages = () => {}) {
      const first = block * BLOCK;
      const results: SimulationResult[] = [];
      let milliseconds = 0;
      const work = (start: number, images: number): void => {
        const at = first + start;
        const input = networkInput(dataset, at, images, network);
        const begun = performance.now();
        const result = simulation.simulate(input);
        milliseconds += performance.now() - begun;
        refuseNonFiniteLogits(network.name, result.logits, result.classes, images, at);
        tally.add(result, input, labels.subarray(at, at + images));
        results.push({ ...result, record: [] });
        onImages(start + images);
      };
      await inPortions(Math.min(BLOCK, count - first), most, work, pace);
      return { findings: tally.take(), results, milliseconds };
    },
    ...closeable(() => {
      tally.close();
      simulation.close();
    }),
  };
}
