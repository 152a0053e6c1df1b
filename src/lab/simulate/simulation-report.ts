/**
 * @file From the engine's arrays to the report of a simulation: accuracies, spikes, operations, energy, traffic by step.
 */

import { type AgainstCosts, againstDense } from '../../energy/against-anns.ts';
import {
  type OperationCounts,
  operationCosts,
  operationsOf,
  type RunActivity,
} from '../../energy/count-operations.ts';
import { type Traffic, trafficCosts, trafficOf } from '../../energy/count-traffic.ts';
import { type Energy, estimateAll } from '../../energy/estimate-energy.ts';
import { MEMORIES, type MemoryEnergy, memoryEnergy } from '../../energy/memories.ts';
import type { ByStep } from '../../report/by-step.ts';
import type { SimulationReport } from '../../report/simulation-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { ratesOf } from '../../snn/neurons/neuron.ts';
import { rightBySteps, type SimulationResult } from '../../snn/simulation.ts';
import { differingClasses } from '../differing-classes.ts';
import type { Simulated } from './simulate-dataset.ts';

/** What the classes of a simulation are compared with. */
export interface Reference {
  /** 'ANN', 'quantised ANN'. */
  readonly name: string;
  /** The class of each image. */
  readonly predictions: ArrayLike<number>;
}

/** What of a network decides its report, whatever the images. */
export type NetworkCosts = AgainstCosts;

/** A run in numbers that add up: those of its parts make those of the whole. */
export interface RunCounts extends RunActivity, Pick<SimulationResult, 'method' | 'latency'> {
  readonly imagesPerSecond: number;
  /** `[steps]`: images whose class is right. */
  readonly right: readonly number[];
  /** `[steps]`: images whose class is another than the reference's. */
  readonly differing: readonly number[] | null;
}

/** All that decides a report. */
export interface PartCounts {
  readonly costs: NetworkCosts;
  readonly runs: readonly RunCounts[];
  /** Every step of the one run, or the last step of each. */
  readonly readAfter: 'every step' | 'last steps';
}

/** One run with all that is counted on it. */
interface Counted {
  readonly run: RunCounts;
  readonly operations: OperationCounts;
  readonly energies: Readonly<Record<string, Energy>>;
  readonly traffic: Traffic;
  readonly against: ReturnType<typeof againstDense>;
  readonly memories: Readonly<Record<string, MemoryEnergy>>;
}

/**
 * One run, read after every step.
 * @param labels class of each image
 */
export function simulationReport(
  network: SpikingNetwork,
  simulated: Simulated,
  labels: ArrayLike<number>,
  reference: Reference | null,
): SimulationReport {
  const runs = [runCounts(simulated, labels, reference)];
  return countedReport({ costs: networkCosts(network), runs, readAfter: 'every step' }, reference);
}

/** Settling runs, one for each T in rising order: of each only its last step counts; what has no step is the last run's. */
export function settledReport(
  network: SpikingNetwork,
  runs: readonly Simulated[],
  labels: ArrayLike<number>,
  reference: Reference | null,
): SimulationReport {
  const counts = runs.map((run) => runCounts(run, labels, reference));
  return countedReport({ costs: networkCosts(network), runs: counts, readAfter: 'last steps' }, reference);
}

export function networkCosts(network: SpikingNetwork): NetworkCosts {
  const operations = operationCosts(network);
  return { operations, traffic: trafficCosts(network, operations), range: ratesOf(network.neuron) };
}

export function runCounts(
  { result, imagesPerSecond }: Simulated,
  labels: ArrayLike<number>,
  reference: Reference | null,
): RunCounts {
  const { steps, images, method, layers, latency, stopped } = result;
  return {
    ...{
      steps,
      images,
      method,
      layers,
      imagesPerSecond,
      ...(latency && { latency }),
      ...(stopped && { stopped }),
    },
    right: rightBySteps(result, labels),
    differing: reference && mismatches(result, reference.predictions),
  };
}

function counted(costs: NetworkCosts, run: RunCounts): Counted {
  const { operations, traffic } = costs;
  const counts = operationsOf(operations, run);
  const bytes = trafficOf(traffic, run, counts);
  return {
    run,
    operations: counts,
    energies: estimateAll(counts),
    traffic: bytes,
    against: againstDense(costs, run),
    memories: Object.fromEntries(MEMORIES.map((memory) => [memory.name, memoryEnergy(memory, bytes)])),
  };
}

/** @param reference its name, where the counts have something of it */
export function countedReport(
  { costs, runs: counts, readAfter }: PartCounts,
  reference: Pick<Reference, 'name'> | null,
): SimulationReport {
  const runs = counts.map((run) => counted(costs, run));
  const stepsOf = ({ run: { steps } }: Counted): readonly number[] =>
    readAfter === 'last steps' ? [steps] : Array.from({ length: steps }, (_, t) => t + 1);
  /** @param values of a run after its steps 1, 2, ... */
  const by = (values: (run: Counted) => ArrayLike<number>): ByStep =>
    Object.fromEntries(
      runs.flatMap((run) => {
        const found = values(run);
        return stepsOf(run).map((step) => [step, found[step - 1]!]);
      }),
    );
  const last = runs.at(-1)!;
  const { run: result, operations, traffic } = last;
  const spiking = result.layers.slice(0, -1);
  const mismatchesByStep = reference && by(({ run }) => run.differing!);
  return {
    snn: {
      accuracy: by(({ run }) => run.right.map((right) => (100 * right) / run.images)),
      ...(reference &&
        mismatchesByStep && {
          mismatches: mismatchesByStep[result.steps]!,
          mismatchesByStep,
          reference: reference.name,
        }),
    },
    spikes: {
      perNeuron: by(({ run }) => spikesPerNeuron(run)),
      density: Object.fromEntries(spiking.map((layer) => [layer.name, [...layer.density]])),
    },
    operations: {
      annMac: operations.annMac,
      snnMac: operations.snnMac,
      snnAc: by((run) => run.operations.snnAc),
      membraneUpdates: by((run) => run.operations.membraneUpdates),
      constantAdds: by((run) => run.operations.constantAdds),
    },
    energy: mapValues(last.energies, ({ annJoule, membraneJoule, constantJoule }, name) => ({
      annJoule,
      snnJoule: by((run) => run.energies[name]!.snnJoule),
      membraneJoule: membraneJoule && by((run) => run.energies[name]!.membraneJoule!),
      constantJoule: constantJoule && by((run) => run.energies[name]!.constantJoule!),
    })),
    traffic: {
      widths: traffic.widths,
      ann: traffic.ann,
      snn: {
        weights: by((run) => run.traffic.snn.weights),
        weightsIdeal: by((run) => run.traffic.snn.weightsIdeal),
        spikes: by((run) => run.traffic.snn.spikes),
        constants: by((run) => run.traffic.snn.constants),
        potentials: by((run) => run.traffic.snn.potentials),
      },
      energy: mapValues(last.memories, ({ annJoule, annIdealJoule }, name) => ({
        annJoule,
        annIdealJoule,
        snnJoule: by((run) => run.memories[name]!.snnJoule),
        snnIdealJoule: by((run) => run.memories[name]!.snnIdealJoule),
      })),
    },
    againstAnns: mapValues(last.against, (_, name) => ({
      arithmetic: by((run) => run.against[name].arithmetic),
      bytes: by((run) => run.against[name].bytes),
      bytesIdeal: by((run) => run.against[name].bytesIdeal),
    })),
    overload: Object.fromEntries(spiking.map((layer) => [layer.name, layer.overload])),
    simulate: { imagesPerSecond: result.imagesPerSecond, method: result.method },
    ...(result.latency && {
      latency: Object.fromEntries(counts.map((run) => [run.steps, mean(run.latency!)])),
    }),
  };
}

const mapValues = <K extends string, T, U>(
  values: Readonly<Record<K, T>>,
  change: (value: T, key: K) => U,
): Record<K, U> =>
  Object.fromEntries(
    Object.entries<T>(values).map(([key, value]) => [key, change(value, key as K)]),
  ) as Record<K, U>;

const mean = (values: Int32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** `[steps]`: spikes up to and including each step, mean over spiking neurons and images; 0 where there is no such neuron. */
export function spikesPerNeuron(result: RunActivity): number[] {
  const spiking = result.layers.slice(0, -1);
  const neurons = spiking.reduce((sum, layer) => sum + layer.neurons, 0);
  let total = 0;
  return Array.from({ length: result.steps }, (_, t) => {
    for (const layer of spiking) total += layer.spikes[t]!;
    return neurons === 0 ? 0 : total / (neurons * result.images);
  });
}

/** `[steps]`: images whose class is another than the reference's. */
export function mismatches(
  { steps, images, predictions }: SimulationResult,
  reference: ArrayLike<number>,
): number[] {
  return Array.from({ length: steps }, (_, t) =>
    differingClasses(predictions.subarray(t * images, (t + 1) * images), reference),
  );
}
