/**
 * @file Runs a spiking network with everything recorded and checks each image of that run.
 */
import { checkInput } from '../../data/check-input.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Architecture } from '../../nn/architecture.ts';
import { refuseNonFiniteLogits } from '../../nn/finite-logits.ts';
import { type Progress, SILENT } from '../../progress.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import { type OpenSimulation, openSimulation } from '../../snn/simulate.ts';
import type { SimulateOptions, SimulationResult } from '../../snn/simulation.ts';
import { inPortions } from '../in-portions.ts';
import { chooseOnce } from '../simulate/choose-once.ts';
import { joinPortions } from '../simulate/join-portions.ts';
import { networkInput } from '../simulate/network-input.ts';
import type { Simulated } from '../simulate/simulate-dataset.ts';
import { type ImageChecks, NetworkTally } from './network-tally.ts';
import { imagesOnRecord } from './record-memory.ts';

/** Currents, potentials and spikes of this many images are held at once, or of fewer where they need more memory. */
const PORTION = 16;

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
  const record =
    schedule === 'settling' ? { counts: true } : { spikes: true, membrane: true, currents: true };
  const most = imagesOnRecord(network, steps, record, PORTION);
  // plain loops throughout where the kernels are: whoever asks for them wants the definition
  const runtime = options.kernels === 'reference' ? undefined : options.runtime;
  const simulation = openSimulation(network, { ...options, record }, Math.min(most, count));
  try {
    const tally = new NetworkTally(network, {
      images: count,
      steps,
      schedule,
      radius,
      architecture,
      runtime,
    });
    try {
      progress.start(label, count);
      const simulated = await runPortions({ network, dataset, simulation, tally, most, progress });
      progress.stop();
      return { ...tally.checks, simulated };
    } finally {
      tally.close();
    }
  } finally {
    simulation.close();
  }
}

interface Portions {
  readonly network: SpikingNetwork;
  readonly dataset: Dataset;
  readonly simulation: OpenSimulation;
  readonly tally: NetworkTally;
  /** Images of one portion. */
  readonly most: number;
  readonly progress: Progress;
}

/** Runs the images, and has each portion checked while its records are there. */
async function runPortions({
  network,
  dataset,
  simulation,
  tally,
  most,
  progress,
}: Portions): Promise<Simulated> {
  const { count, labels } = dataset;
  const portions: SimulationResult[] = [];
  let milliseconds = 0;
  await inPortions(count, most, (start, images) => {
    const input = networkInput(dataset, start, images, network);
    const begun = performance.now();
    const result = simulation.simulate(input);
    milliseconds += performance.now() - begun;
    refuseNonFiniteLogits(network.name, result.logits, result.classes, images, start);
    tally.add(result, input, labels.subarray(start, start + images));
    portions.push({ ...result, record: [] });
    progress.update(start + images);
  });
  return { result: joinPortions(portions), imagesPerSecond: (1000 * count) / milliseconds };
}
