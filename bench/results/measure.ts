/** @file Everything that is measured of one network: ANN, quantised, spiking, and the exact mode. */
import type { Progress } from '../../src/cli/progress.ts';
import { scheduledRun } from '../../src/cli/scheduled-run.ts';
import { checkInput } from '../../src/cli/simulate-network.ts';
import { convert } from '../../src/convert/convert.ts';
import type { Dataset } from '../../src/data/dataset.ts';
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

/** Accuracies in percent, spikes per neuron up to T, energy as a share of the ANN's (Horowitz 2014, 32 bits). */
export interface SpikingResult {
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
  exactSteps: number,
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
  for (const neuron of NEURONS[activation]) {
    const { snn: spiking } = convert(network, { recipe: activation, neuron });
    const request = { schedule: 'streaming', runtime } as const;
    const { keys } = await scheduledRun(
      spiking,
      dataset,
      STEPS,
      request,
      progress,
      `${entry.name}, ${neuron}`,
    );
    const { accuracy: found, spikesPerNeuron, energyRatio } = namedRun(neuron, keys);
    snn[neuron] = {
      accuracy: atSteps(found),
      spikesPerNeuron: atSteps(spikesPerNeuron),
      energyRatio: atSteps(energyRatio),
    };
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
        ? await measureExact(runtime, entry.name, network, dataset, exactSteps, progress)
        : null,
  };
}

function atSteps(values: ByStep): ByStep {
  return Object.fromEntries(STEPS.map((T) => [T, values[T]!]));
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
