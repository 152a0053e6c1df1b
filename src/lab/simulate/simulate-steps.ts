/**
 * @file A network over all the steps that were asked for, whatever the schedule: in one run, or, settling, in one run for each T.
 */
import type { Dataset } from '../../data/dataset.ts';
import { type Progress, SILENT } from '../../progress.ts';
import { type SimulationReport, spikesByLayer } from '../../report/simulation-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { requestOf } from '../../snn/request.ts';
import type { SimulateOptions } from '../../snn/simulation.ts';
import { type Simulated, simulateDataset } from './simulate-dataset.ts';
import {
  networkCosts,
  type PartCounts,
  type Reference,
  runCounts,
  settledReport,
  simulationReport,
} from './simulation-report.ts';

/** `steps`: in rising order. Settling runs each of them; the other schedules run every step up to the last. */
export interface StepsRequest extends Omit<SimulateOptions, 'steps' | 'record' | 'onProgress'> {
  readonly steps: readonly number[];
  /** What the classes are compared with. */
  readonly reference?: Reference | null;
  /** Default: nothing is shown. */
  readonly progress?: Progress;
  /** For the progress. Default: 'simulating'. */
  readonly label?: string;
}

export interface SimulatedSteps {
  readonly report: SimulationReport;
  /** Step -> class of each image: every step up to the last, or, settling, the steps that were asked for. */
  readonly classes: Readonly<Record<string, ArrayLike<number>>>;
  /** Layer -> spikes per neuron up to each of the steps that were asked for. */
  readonly spikesByLayer: Readonly<Record<string, readonly number[]>>;
  /** With early stop only, [images]: steps that were run. */
  readonly stopped?: Int32Array<ArrayBuffer>;
}

/**
 * @throws InputError when the network was made for other images; UsageError when its neurons cannot settle
 * @example
 * const { report } = await simulateSteps(snn, dataset, { steps: [1, 2, 4] });
 * Object.keys(report.snn.accuracy); // ['1', '2', '3', '4']
 */
export async function simulateSteps(
  network: SpikingNetwork,
  dataset: Dataset,
  request: StepsRequest,
): Promise<SimulatedSteps> {
  const { counts: _, ...simulated } = await countedSteps(network, dataset, request);
  return simulated;
}

/** The same with what its parts would add up to. */
export async function countedSteps(
  network: SpikingNetwork,
  dataset: Dataset,
  request: StepsRequest,
): Promise<SimulatedSteps & { readonly counts: PartCounts }> {
  const costs = networkCosts(network);
  const { steps, reference = null, progress = SILENT, label = 'simulating', ...options } = request;
  const { labels } = dataset;
  const { schedule } = requestOf(network, { ...options, steps: steps.at(-1)! });
  if (schedule !== 'settling') {
    const last = steps.at(-1)!;
    const simulated = await simulateDataset(network, dataset, { ...options, steps: last }, progress, label);
    const { stopped } = simulated.result;
    const every = Array.from({ length: last }, (_, t) => t + 1);
    return {
      report: simulationReport(network, simulated, labels, reference),
      classes: Object.fromEntries(every.map((step) => [step, classesAfter(simulated, step)])),
      spikesByLayer: layerSpikes(steps.map((step) => ({ step, simulated }))),
      ...(stopped && { stopped }),
      counts: { costs, readAfter: 'every step', runs: [runCounts(simulated, labels, reference)] },
    };
  }
  const runs: Simulated[] = [];
  for (const step of steps) {
    const own = `${label}, settling, T = ${step}`;
    runs.push(await simulateDataset(network, dataset, { ...options, steps: step }, progress, own));
  }
  return {
    report: settledReport(network, runs, labels, reference),
    classes: Object.fromEntries(runs.map((run) => [run.result.steps, classesAfter(run, run.result.steps)])),
    spikesByLayer: layerSpikes(runs.map((simulated) => ({ step: simulated.result.steps, simulated }))),
    counts: { costs, readAfter: 'last steps', runs: runs.map((run) => runCounts(run, labels, reference)) },
  };
}

function classesAfter({ result: { images, predictions } }: Simulated, step: number): ArrayLike<number> {
  return predictions.subarray((step - 1) * images, step * images);
}

function layerSpikes(
  points: readonly { readonly step: number; readonly simulated: Simulated }[],
): Record<string, number[]> {
  const all = points.map(({ step, simulated: { result } }) => {
    const spiking = result.layers.slice(0, -1);
    const density = Object.fromEntries(spiking.map((layer) => [layer.name, [...layer.density]]));
    return spikesByLayer(density, step);
  });
  return Object.fromEntries(Object.keys(all[0]!).map((name) => [name, all.map((spikes) => spikes[name]!)]));
}
