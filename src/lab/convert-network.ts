/**
 * @file From a trained network to a spiking one, calibrated on images of the data set that it learned where the method asks for it.
 */
import { type Conversion, convert } from '../convert/convert.ts';
import { methodNamed } from '../convert/methods/index.ts';
import { exactNetwork } from '../convert/transforms/index.ts';
import { checkInput } from '../data/check-input.ts';
import type { DatasetSource } from '../io/dataset-names.ts';
import type { TrainedNetwork } from '../nn/architecture.ts';
import type { Runtime } from '../runtime.ts';
import { createRuntime } from '../runtime.ts';
import { CALIBRATION_STEPS, calibrate } from './calibrate.ts';
import type { DataWords } from './data-words.ts';
import { openNetworkDataset } from './network-dataset.ts';

export interface ConvertRequest {
  /** Name of a conversion method. Default: 'strelu'. */
  readonly method?: string;
  /** Name of a neuron that the method has. Default: its first. */
  readonly neuron?: string;
  /** Weights, thresholds and pixels on a grid on which this many steps never round; 0, the default: as trained. */
  readonly gridSteps?: number;
  /** For methods that calibrate. */
  readonly calibration?: CalibrationRequest;
}

export interface CalibrationRequest {
  /** Whose training images; null or absent: those of the set that the network learned. */
  readonly dataset?: DatasetSource | null;
  /** How images of one's own are read, as far as it is said. */
  readonly words?: DataWords;
  /** Told how the images differ from those that were learned. */
  readonly note?: (line: string) => void;
  /** The first images of the training set. Default: 100. */
  readonly images?: number;
  /** T of the spiking runs on them. Default: 32. */
  readonly steps?: number;
  /** Seed of drawn images, where the network does not say. Default: 1. */
  readonly seed?: number;
  /** Where data sets are looked for first. */
  readonly directory?: string | null | undefined;
  /** What the runs are done with; it stays open. Default: one of its own, with one thread. */
  readonly runtime?: Runtime;
}

export interface ConvertedNetwork extends Conversion {
  /** The data set that it was calibrated on; null: the method does not calibrate. */
  readonly calibratedOn: DatasetSource | null;
}

/**
 * @throws InputError when the method cannot convert the network, or needs images and the network does not say of which data set
 * @example
 * const { snn, report } = await convertNetwork(network, { neuron: 'full' });
 */
export async function convertNetwork(
  network: TrainedNetwork,
  { method: name = 'strelu', neuron, gridSteps = 0, calibration = {} }: ConvertRequest = {},
): Promise<ConvertedNetwork> {
  const method = methodNamed(name);
  const options = { method: name, neuron: neuron ?? method.neurons[0]!.name };
  const { calibratedOn, ...conversion } = method.needsCalibration
    ? await convertCalibrated(network, options, calibration)
    : { ...convert(network, options), calibratedOn: null };
  const { snn } = conversion;
  return { ...conversion, snn: gridSteps > 0 ? exactNetwork(snn, gridSteps) : snn, calibratedOn };
}

async function convertCalibrated(
  network: TrainedNetwork,
  options: { readonly method: string; readonly neuron: string },
  calibrationRequest: CalibrationRequest,
): Promise<ConvertedNetwork> {
  const { images = 100, steps = CALIBRATION_STEPS, seed = 1, directory } = calibrationRequest;
  const { dataset: chosen, words, note, runtime: given } = calibrationRequest;
  const { provenance, learned, architecture } = network;
  const { input, classes } = architecture;
  const own = typeof provenance.seed === 'number' ? provenance.seed : seed;
  const decoders = given ? given.team.lanes - 1 : undefined;
  const request = { name: chosen, words, note, seed: own, limit: images, directory, decoders };
  const { dataset, name } = await openNetworkDataset(
    { provenance, learned, input, classes },
    'train',
    request,
  );
  checkInput(architecture, dataset);
  const runtime = given ?? createRuntime({ workers: 1 });
  try {
    const calibration = await calibrate(runtime, network, dataset, images, steps);
    return { ...convert(network, { ...options, calibration }), calibratedOn: name };
  } finally {
    if (!given) runtime.close();
  }
}
