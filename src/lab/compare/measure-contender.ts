/**
 * @file One contender measured: its spiking network simulated on the images of the comparison.
 */
import { runsToCalibrate } from '../../convert/conversion-method.ts';
import { methodNamed } from '../../convert/methods/index.ts';
import { asLearned } from '../../data/learned.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { TrainedNetwork } from '../../nn/architecture.ts';
import type { Progress } from '../../progress.ts';
import { atSteps, type ByStep } from '../../report/by-step.ts';
import type { MeasuredContender } from '../../report/comparison.ts';
import { packRight } from '../../report/right-answers.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { CALIBRATION_STEPS } from '../calibrate.ts';
import { simulateSteps } from '../simulate/simulate-steps.ts';
import { type Contender, sourceOf } from './contenders.ts';
import { CALIBRATION_IMAGES } from './convert-contender.ts';
import { engineOf, type Setting } from './setting.ts';

/**
 * Everything that decides what `measureContender` gives.
 * @param networkDigest of the trained network's file
 */
export function measureConfig(
  setting: Setting,
  contender: Contender,
  networkDigest: string,
  steps: readonly number[],
): Record<string, unknown> {
  const { dataset, test, testDigest, seed, kernels, runtime } = setting;
  const method = methodNamed(contender.method);
  const calibration = method.needsCalibration
    ? { images: CALIBRATION_IMAGES, steps: runsToCalibrate(method) ? CALIBRATION_STEPS : null, seed }
    : null;
  return {
    kind: 'contender',
    contender,
    network: networkDigest,
    dataset,
    images: test.count,
    testDigest,
    kernels,
    deterministic: runtime.team.deterministic,
    engine: engineOf(setting),
    steps,
    calibration,
  };
}

export interface MeasureRequest {
  readonly contender: Contender;
  /** The contender's spiking network, and the trained one that it was converted from. */
  readonly snn: SpikingNetwork;
  readonly network: TrainedNetwork;
  /** Percent, of the trained network on the images of the comparison. */
  readonly annAccuracy: number;
  /** In rising order. */
  readonly steps: readonly number[];
  readonly progress: Progress;
}

export async function measureContender(
  setting: Setting,
  { contender, snn, network, annAccuracy, steps, progress }: MeasureRequest,
): Promise<MeasuredContender> {
  const { id, title, ours, method, neuron, training, schedule } = contender;
  const { runtime, kernels } = setting;
  const test = asLearned(setting.test, network);
  const request = { steps, schedule, runtime, kernels, engine: engineOf(setting), progress };
  const { report, spikesByLayer, classes } = await simulateSteps(snn, test, request);
  const at = (values: ByStep): ByStep => atSteps(values, steps);
  const { operations, energy, overload, latency } = report;
  return {
    id,
    title,
    source: sourceOf(contender),
    ours,
    method,
    neuron,
    training,
    activation: activationLayers(network.architecture.layers)[0]?.activation ?? 'none',
    annAccuracy,
    accuracy: at(report.snn.accuracy),
    spikesPerNeuron: at(report.spikes.perNeuron),
    spikesByLayer,
    operations: mapSteps(operations, at),
    energy: Object.fromEntries(
      Object.entries(energy).map(([name, estimate]) => [name, mapSteps(estimate, at)]),
    ),
    overload,
    right: Object.fromEntries(steps.map((t) => [t, packRight(classes[t]!, test.labels)])),
    ...(latency && { latency: at(latency) }),
  };
}

/** What is by step, at some steps only; all else as it is. */
function mapSteps<T extends object>(values: T, at: (values: ByStep) => ByStep): T {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'object' && value !== null ? at(value as ByStep) : value,
    ]),
  ) as T;
}
