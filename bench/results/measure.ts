/** @file Everything that is measured of one network: ANN, quantised, spiking, and the exact mode. */

import { convert } from '../../src/convert/convert.ts';
import { type Dataset, take } from '../../src/data/dataset.ts';
import type { Macs } from '../../src/energy/against-bits.ts';
import { operationCosts } from '../../src/energy/count-operations.ts';
import type { Pretrained } from '../../src/io/pretrained.ts';
import { checkInput, simulateSteps } from '../../src/lab/index.ts';
import { activationLayers } from '../../src/nn/activation-layers.ts';
import { builtIn } from '../../src/nn/activations/index.ts';
import type { ActivationName, Layer, TrainedNetwork } from '../../src/nn/architecture.ts';
import { withModel } from '../../src/nn/trained-network.ts';
import type { Progress } from '../../src/progress.ts';
import { atSteps, type ByStep, byStep } from '../../src/report/by-step.ts';
import { energyRatio } from '../../src/report/simulation-report.ts';
import type { Runtime } from '../../src/runtime.ts';
import { testAccuracy } from '../../src/train/test-accuracy.ts';
import { type ExactResult, measureExact } from './exact.ts';
import { STEPS, WAYS, type Way } from './simulations.ts';
import { measureZeroSkipping, type ZeroSkipping } from './zero-skipping.ts';

/** How much is measured. */
export interface Effort {
  /** T of the exact mode. */
  readonly exactSteps: number;
  /** Images for what only stands beside the headline: neuron full, which needs many steps. */
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
  /** Of one image, of networks with the symmetric clip; missing in files of earlier versions whose network is gone. */
  readonly macs?: Macs;
  readonly spikePenalty: number;
  readonly levels: number;
  readonly ann: {
    readonly accuracy: number;
    readonly flippedAccuracy: number;
    /** Of the same weights without their training grid, which QCFS always has; missing in files of earlier versions whose network is gone. */
    readonly continuous?: number;
  };
  /** With activations rounded to T steps, what the spikes of T steps can say; empty without thresholds. */
  readonly quantised: ByStep;
  /** By way: half; half, settling; ... */
  readonly snn: Readonly<Record<string, SpikingResult>>;
  /** null where the activation has no exact mode. */
  readonly exact: ExactResult | null;
  /** On few images; null where the activation has no rest coding. */
  readonly zeroSkipping: ZeroSkipping | null;
}

/** Keeps what was computed of one part of a network, by everything that decides it. */
export type Keep = <T>(part: string, decidedBy: object, compute: () => Promise<T>) => Promise<T>;

/** Part by part, each kept separately: a repeated run with another T of the exact mode has the rest already. */
export async function measure(
  runtime: Runtime,
  entry: Pretrained,
  network: TrainedNetwork,
  dataset: Dataset,
  effort: Effort,
  progress: Progress,
  keep: Keep,
): Promise<NetworkResult> {
  checkInput(network.architecture, dataset);
  const [first] = activationLayers(network.architecture.layers);
  if (!first) throw new Error('results: a network without activations');
  const { name: activation } = builtIn(first);
  const analogue = await keep('analogue', { quantised: STEPS }, async () =>
    measureAnalogue(runtime, network, dataset, activation),
  );
  const leaves = leavesGrid(activation) && {
    continuous: await keepContinuous(keep, runtime, network, dataset),
  };
  const snn: Record<string, SpikingResult> = {};
  for (const way of WAYS[activation]) {
    const images = way.aside ? take(dataset, effort.aside) : dataset;
    snn[way.title] = await keep(way.title, { ...way, images: images.count }, () =>
      measureWay(runtime, entry.name, way, network, images, activation, progress),
    );
  }
  const { exactSteps } = effort;
  const exact = (): Promise<ExactResult> =>
    measureExact(runtime, entry.name, network, dataset, exactSteps, progress);
  const skipping = async (): Promise<ZeroSkipping> =>
    measureZeroSkipping(runtime, network, dataset, exactSteps);
  const { provenance } = network;
  return {
    name: entry.name,
    dataset: entry.dataset,
    activation,
    images: dataset.count,
    command: entry.command,
    ...(activation === 'strelu' && { macs: macsOf(network) }),
    spikePenalty: Number(provenance['spike-penalty'] ?? 0),
    levels: Number(provenance.levels ?? 0),
    quantised: analogue.quantised,
    ann: { ...analogue.ann, ...leaves },
    snn,
    exact: activation === 'strelu' ? await keep('exact', { exactSteps }, exact) : null,
    zeroSkipping: activation === 'strelu' ? await keep('zero-skipping', { exactSteps }, skipping) : null,
  };
}

/** Of a network that converts without data, as those with the symmetric clip do. */
export function macsOf(network: TrainedNetwork): Macs {
  const { annMac: ann, snnMac: snn } = operationCosts(convert(network).snn);
  return { ann, snn };
}

/** Whether an activation can leave its training grid. */
export const leavesGrid = (activation: string): boolean => activation !== 'qcfs';

/** Percent of the images, the activations off their training grid. */
export const keepContinuous = (
  keep: Keep,
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
): Promise<number> =>
  keep('continuous', {}, async () =>
    withModel(runtime.heap, network, (model) => testAccuracy(runtime, model, dataset, { continuous: true })),
  );

function measureAnalogue(
  runtime: Runtime,
  network: TrainedNetwork,
  dataset: Dataset,
  activation: ActivationName,
): Pick<NetworkResult, 'ann' | 'quantised'> {
  return withModel(runtime.heap, network, (model) => {
    const accuracy = testAccuracy(runtime, model, dataset);
    const flippedAccuracy = testAccuracy(runtime, model, dataset, { flip: true });
    const quantised: Record<string, number> = {};
    for (const levels of activation === 'relu' ? [] : STEPS) {
      const layers = withLevels(network.architecture.layers, levels);
      const gridded = { ...model, architecture: { ...model.architecture, layers } };
      quantised[levels] = testAccuracy(runtime, gridded, dataset);
    }
    return { ann: { accuracy, flippedAccuracy }, quantised };
  });
}

async function measureWay(
  runtime: Runtime,
  name: string,
  { neuron, schedule, steps }: Way,
  network: TrainedNetwork,
  images: Dataset,
  activation: ActivationName,
  progress: Progress,
): Promise<SpikingResult> {
  const { snn } = convert(network, { method: activation, neuron });
  // shifted networks spike at nearly every step: products are faster there than events
  const request = { steps, engine: 'products', schedule, runtime, progress } as const;
  const { report } = await simulateSteps(snn, images, { ...request, label: `${name}, ${neuron}` });
  return {
    images: images.count,
    accuracy: atSteps(report.snn.accuracy, steps),
    spikesPerNeuron: atSteps(report.spikes.perNeuron, steps),
    energyRatio: byStep(steps, (T) => energyRatio(report.energy, T)!),
  };
}

function withLevels(layers: readonly Layer[], levels: number): Layer[] {
  return layers.map((layer): Layer => {
    if (layer.kind === 'activation') return { ...layer, levels, rounding: 'round' };
    if (layer.kind !== 'residual') return layer;
    return { ...layer, body: withLevels(layer.body, levels), shortcut: withLevels(layer.shortcut, levels) };
  });
}
