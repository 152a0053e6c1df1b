/**
 * @file One contender measured: its network converted and simulated on the images of the comparison.
 */

import { convert } from '../../convert/convert.ts';
import { runsToCalibrate } from '../../convert/method.ts';
import { methodNamed } from '../../convert/methods/index.ts';
import { activationLayers } from '../../nn/activation-layers.ts';
import type { Progress } from '../../progress.ts';
import type { MeasuredMethod } from '../../report/comparison.ts';
import type { ByStep } from '../../report/result.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { CALIBRATION_STEPS, calibrate } from '../calibrate.ts';
import { scheduledRun } from '../simulate/scheduled-run.ts';
import { type SimulationKeys, settledKeys } from '../simulate/simulation-keys.ts';
import type { NetworkFile } from '../training/network-file.ts';
import { type Contender, sourceOf } from './contenders.ts';
import { engineOf, type Setting, trainingImages } from './setting.ts';

/** Training images whose activations set thresholds, for the conversion methods that look at some. */
export const CALIBRATION = 100;

/** Everything that decides what `measure` gives. */
export function measureConfig(
  setting: Setting,
  contender: Contender,
  file: NetworkFile,
  measured: readonly number[],
): Record<string, unknown> {
  const { dataset, testDigest, seed, kernels } = setting;
  const conversion = methodNamed(contender.conversion);
  const steps = runsToCalibrate(conversion) ? CALIBRATION_STEPS : null;
  const calibration = conversion.needsCalibration ? { images: CALIBRATION, steps, seed } : null;
  return {
    kind: 'contender',
    contender,
    network: file.digest,
    dataset,
    images: setting.test.count,
    testDigest,
    kernels,
    engine: engineOf(setting),
    steps: measured,
    calibration,
  };
}

export interface Converted {
  readonly snn: SpikingNetwork;
  /** The same before any calibration of its biases: with the trained activations it computes what the network does. */
  readonly plain: SpikingNetwork;
}

export async function convertFor(
  setting: Setting,
  contender: Contender,
  file: NetworkFile,
): Promise<Converted> {
  const { conversion: name, neuron } = contender;
  const conversion = methodNamed(name);
  if (!conversion.needsCalibration) {
    const { snn } = convert(file.network, { method: name, neuron });
    return { snn, plain: snn };
  }
  const images = await trainingImages(setting, CALIBRATION);
  const calibration = await calibrate(setting.runtime, file.network, images, CALIBRATION);
  const { snn } = convert(file.network, { method: name, neuron, calibration });
  if (!runsToCalibrate(conversion)) return { snn, plain: snn };
  const { layers } = convert(file.network, { method: 'relu-max', calibration }).snn;
  const plain = { ...snn, layers: snn.layers.map((layer, l) => ({ ...layer, bias: layers[l]!.bias })) };
  return { snn, plain };
}

/** @param annAccuracy of the network, on the same images */
export async function measure(
  setting: Setting,
  contender: Contender,
  file: NetworkFile,
  annAccuracy: number,
  steps: readonly number[],
  progress: Progress,
): Promise<MeasuredMethod> {
  const { snn } = await convertFor(setting, contender, file);
  const { keys, layers } = await run(setting, contender, snn, steps, progress);
  const at = (values: ByStep): ByStep => Object.fromEntries(steps.map((t) => [t, values[t]!]));
  return {
    id: contender.id,
    title: contender.title,
    source: sourceOf(contender),
    ours: contender.ours,
    conversion: contender.conversion,
    neuron: contender.neuron,
    training: contender.training,
    activation: activationLayers(file.network.architecture.layers)[0]?.activation ?? 'none',
    annAccuracy,
    accuracy: at(keys.snn.accuracy),
    spikesPerNeuron: at(keys.spikes.perNeuron),
    spikesByLayer: layers,
    operations: mapSteps(keys.operations, at),
    energy: Object.fromEntries(
      Object.entries(keys.energy).map(([name, estimate]) => [name, mapSteps(estimate, at)]),
    ),
    overload: keys.overload,
    ...(keys.latency && { latency: at(keys.latency) }),
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

interface Run {
  readonly keys: SimulationKeys;
  /** Layer -> spikes per neuron up to each of the steps. */
  readonly layers: Record<string, number[]>;
}

async function run(
  setting: Setting,
  contender: Contender,
  snn: SpikingNetwork,
  steps: readonly number[],
  progress: Progress,
): Promise<Run> {
  const { schedule } = contender;
  const { runtime, kernels, test } = setting;
  const request = { schedule, runtime, kernels, engine: engineOf(setting) };
  const layers: Record<string, number[]> = Object.fromEntries(
    snn.layers.slice(0, -1).map((layer) => [layer.name, []]),
  );
  const sumTo = (values: readonly number[], t: number): number =>
    values.slice(0, t).reduce((sum, value) => sum + value, 0);
  const add = (keys: SimulationKeys, ends: readonly number[]): void => {
    for (const [name, density] of Object.entries(keys.spikes.density))
      for (const t of ends) layers[name]!.push(sumTo(density, t));
  };
  if (schedule === 'layered') {
    const { keys } = await scheduledRun(snn, test, steps, request, progress, 'simulating');
    add(keys, steps);
    return { keys, layers };
  }
  const runs: { readonly steps: number; readonly keys: SimulationKeys }[] = [];
  for (const t of steps) {
    const { keys } = await scheduledRun(snn, test, [t], request, progress, 'simulating');
    add(keys, [t]);
    runs.push({ steps: t, keys });
  }
  return { keys: settledKeys(runs), layers };
}
