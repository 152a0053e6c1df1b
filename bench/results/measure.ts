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

/** One way to run a converted network. */
interface Way {
  readonly title: string;
  readonly neuron: NeuronKind;
  readonly schedule: 'layered' | 'settling';
  readonly steps: readonly number[];
  /** On the first images only: not what figures were asked for. */
  readonly aside?: boolean;
}

const way = (neuron: NeuronKind, aside = false): Way => ({
  title: neuron,
  neuron,
  schedule: 'layered',
  steps: STEPS,
  aside,
});

/** Each layer waits for T inputs and then sends in T slots: what the quantised network says, and as few spikes (theory T17). */
const settling = (neuron: NeuronKind): Way => ({
  title: `${neuron}, settling`,
  neuron,
  schedule: 'settling',
  steps: [1, 2, 4],
});

/** The spikes of half, in the code that is silent at -theta (theory T21). */
const resting: Way = { title: 'rest', neuron: 'rest', schedule: 'layered', steps: [1, 2, 4, 8] };

/** How a trained activation is run; ReLU needs thresholds found in data (see the compare command). */
const WAYS: Readonly<Record<ActivationName, readonly Way[]>> = {
  strelu: [way('half'), resting, settling('half'), way('full', true)],
  trelu: [way('unipolar'), settling('unipolar')],
  qcfs: [way('unipolar'), settling('unipolar')],
  'tleaky-relu': [],
  relu: [],
};

/** How much is measured. */
export interface Effort {
  /** T of the exact mode. */
  readonly exactSteps: number;
  /** Images for what only stands beside the figures asked for: neuron full, which needs many steps. */
  readonly aside: number;
}

/** By the steps of its way: accuracies in percent, spikes per neuron up to T, energy as a share of the ANN's (Horowitz 2014, 32 bits). */
export interface SpikingResult {
  /** How many the other figures are over. */
  readonly images: number;
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
  /** By way: half; half, settling; ... */
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
  for (const { title, neuron, schedule, steps, aside } of WAYS[activation]) {
    const { snn: spiking } = convert(network, { recipe: activation, neuron });
    const images = aside ? take(dataset, effort.aside) : dataset;
    // shifted networks spike at nearly every step: products are faster there than events
    const request = { engine: 'dense', kernels: 'simd', schedule, runtime } as const;
    const { keys } = await scheduledRun(
      spiking,
      images,
      steps,
      request,
      progress,
      `${entry.name}, ${neuron}`,
    );
    const { accuracy: found, spikesPerNeuron, energyRatio } = namedRun(title, keys);
    snn[title] = {
      images: images.count,
      accuracy: atSteps(steps, found),
      spikesPerNeuron: atSteps(steps, spikesPerNeuron),
      energyRatio: atSteps(steps, energyRatio),
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
        ? await measureExact(runtime, entry.name, network, dataset, effort.exactSteps, progress)
        : null,
  };
}

function atSteps(steps: readonly number[], values: ByStep): ByStep {
  return Object.fromEntries(steps.map((T) => [T, values[T]!]));
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
