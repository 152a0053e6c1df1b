/** @file Everything that is measured of one network: ANN, quantised, spiking, and the exact mode. */
import type { Progress } from '../../src/cli/progress.ts';
import { scheduledRun } from '../../src/cli/scheduled-run.ts';
import { checkInput } from '../../src/cli/simulate-network.ts';
import { convert } from '../../src/convert/convert.ts';
import { type Dataset, take } from '../../src/data/dataset.ts';
import type { Pretrained } from '../../src/io/pretrained.ts';
import type { ActivationName, Layer, TrainedNetwork } from '../../src/nn/architecture.ts';
import { modelFrom } from '../../src/nn/model.ts';
import { namedRun } from '../../src/report/named-run.ts';
import type { ByStep } from '../../src/report/result.ts';
import type { Runtime } from '../../src/runtime.ts';
import type { NeuronKind } from '../../src/snn/network.ts';
import { testAccuracy } from '../../src/train/test-accuracy.ts';
import { type ExactResult, measureExact } from './exact.ts';

export const STEPS: readonly number[] = [1, 2, 4, 8, 16, 32];

/** Which neurons a trained activation is converted to; ReLU needs thresholds found in data (see the compare command). */
const NEURONS: Readonly<Record<ActivationName, readonly NeuronKind[]>> = {
  strelu: ['half', 'full'],
  trelu: ['unipolar'],
  qcfs: ['unipolar'],
  'tleaky-relu': [],
  relu: [],
};

/** Up to here a run takes all images. */
const SHORT = 8;

/** What costs most, and on how many images it is measured. */
export interface Effort {
  /** T of the exact mode. */
  readonly exactSteps: number;
  /** Images for T above SHORT, for every neuron but the first, and for the exact mode. */
  readonly long: number;
}

/** Accuracies in percent, spikes per neuron up to T, energy as a share of the ANN's (Horowitz 2014, 32 bits). */
export interface SpikingResult {
  /** How many the other figures are over. */
  readonly images: ByStep;
  readonly accuracy: ByStep;
  readonly spikesPerNeuron: ByStep;
  readonly energyRatio: ByStep;
}

export interface NetworkResult {
  readonly name: string;
  readonly dataset: string;
  readonly activation: ActivationName;
  readonly images: number;
  /** What trained it. */
  readonly command: string;
  readonly spikePenalty: number;
  readonly levels: number;
  readonly ann: { readonly accuracy: number; readonly flippedAccuracy: number };
  /** With activations rounded to T steps, what the spikes of T steps can say; empty without thresholds. */
  readonly quantised: ByStep;
  /** By neuron. */
  readonly snn: Readonly<Record<string, SpikingResult>>;
  /** null where the activation has no exact mode. */
  readonly exact: ExactResult | null;
}

export async function measure(
  runtime: Runtime,
  entry: Pretrained,
  network: TrainedNetwork,
  dataset: Dataset,
  effort: Effort,
  progress: Progress,
): Promise<NetworkResult> {
  checkInput(network.architecture, dataset);
  const activation = activationOf(network.architecture.layers);
  const model = modelFrom(runtime.heap, network);
  const accuracy = testAccuracy(runtime, model, dataset);
  const flippedAccuracy = testAccuracy(runtime, model, dataset, { flip: true });
  const quantised: Record<string, number> = {};
  if (activation !== 'relu') {
    for (const levels of STEPS) {
      const layers = withLevels(network.architecture.layers, levels);
      const gridded = { ...model, architecture: { ...model.architecture, layers } };
      quantised[levels] = testAccuracy(runtime, gridded, dataset);
    }
  }
  const snn: Record<string, SpikingResult> = {};
  const part = take(dataset, effort.long);
  for (const [i, neuron] of NEURONS[activation].entries()) {
    const { snn: spiking } = convert(network, { recipe: activation, neuron });
    const run = async (images: Dataset, steps: readonly number[]): Promise<SpikingResult> => {
      // shifted networks spike at nearly every step: products are several times faster there than events
      const request = { engine: 'dense', kernels: 'simd', schedule: 'layered', runtime } as const;
      const label = `${entry.name}, ${neuron}`;
      const { keys } = await scheduledRun(spiking, images, steps, request, progress, label);
      const { accuracy: found, spikesPerNeuron, energyRatio } = namedRun(neuron, keys);
      return {
        images: Object.fromEntries(steps.map((T) => [T, images.count])),
        accuracy: atSteps(steps, found),
        spikesPerNeuron: atSteps(steps, spikesPerNeuron),
        energyRatio: atSteps(steps, energyRatio),
      };
    };
    const whole = await run(part, STEPS);
    const short = STEPS.filter((T) => T <= SHORT);
    // The first neuron is the one that figures were asked for.
    snn[neuron] = i > 0 || part === dataset ? whole : joined(whole, await run(dataset, short));
  }
  const { provenance } = network;
  return {
    name: entry.name,
    dataset: entry.dataset,
    activation,
    images: dataset.count,
    command: entry.command,
    spikePenalty: Number(provenance['spike-penalty'] ?? 0),
    levels: Number(provenance.levels ?? 0),
    ann: { accuracy, flippedAccuracy },
    quantised,
    snn,
    exact:
      activation === 'strelu'
        ? await measureExact(runtime, entry.name, network, part, effort.exactSteps, progress)
        : null,
  };
}

function atSteps(steps: readonly number[], values: ByStep): ByStep {
  return Object.fromEntries(steps.map((T) => [T, values[T]!]));
}

/** Figures of `better` where it has them. */
function joined(one: SpikingResult, better: SpikingResult): SpikingResult {
  return {
    images: { ...one.images, ...better.images },
    accuracy: { ...one.accuracy, ...better.accuracy },
    spikesPerNeuron: { ...one.spikesPerNeuron, ...better.spikesPerNeuron },
    energyRatio: { ...one.energyRatio, ...better.energyRatio },
  };
}

function activationOf(layers: readonly Layer[]): ActivationName {
  for (const layer of layers) {
    if (layer.kind === 'activation') return layer.activation;
    if (layer.kind === 'residual') return activationOf([...layer.body, ...layer.shortcut]);
  }
  throw new Error('results: a network without activations');
}

function withLevels(layers: readonly Layer[], levels: number): Layer[] {
  return layers.map((layer): Layer => {
    if (layer.kind === 'activation') return { ...layer, levels, rounding: 'round' };
    if (layer.kind !== 'residual') return layer;
    return { ...layer, body: withLevels(layer.body, levels), shortcut: withLevels(layer.shortcut, levels) };
  });
}
