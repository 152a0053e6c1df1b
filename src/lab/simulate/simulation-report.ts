/**
 * @file From the engine's arrays to the report of a simulation: accuracies, spikes, operations, energy, traffic by step.
 */

import { countOperations, type OperationCounts } from '../../energy/count-operations.ts';
import { countTraffic, type Traffic } from '../../energy/count-traffic.ts';
import { type Energy, estimateAll } from '../../energy/estimate-energy.ts';
import { MEMORIES, type MemoryEnergy, memoryEnergy } from '../../energy/memories.ts';
import type { ByStep } from '../../report/by-step.ts';
import type { SimulationReport } from '../../report/simulation-report.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { accuracyBySteps, type SimulationResult } from '../../snn/simulation.ts';
import { differingClasses } from '../differing-classes.ts';
import type { Simulated } from './simulate-dataset.ts';

/** What the classes of a simulation are compared with. */
export interface Reference {
  /** 'ANN', 'quantised ANN'. */
  readonly name: string;
  /** The class of each image. */
  readonly predictions: ArrayLike<number>;
}

/** One run with all that is counted on it. */
interface Counted extends Simulated {
  readonly operations: OperationCounts;
  readonly energies: Readonly<Record<string, Energy>>;
  readonly traffic: Traffic;
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
  const every = ({ result: { steps } }: Counted): number[] => Array.from({ length: steps }, (_, t) => t + 1);
  return reportOf([counted(network, simulated)], every, labels, reference);
}

/** Settling runs, one for each T in rising order: of each only its last step counts; what has no step is the last run's. */
export function settledReport(
  network: SpikingNetwork,
  runs: readonly Simulated[],
  labels: ArrayLike<number>,
  reference: Reference | null,
): SimulationReport {
  const last = ({ result }: Counted): number[] => [result.steps];
  return reportOf(
    runs.map((run) => counted(network, run)),
    last,
    labels,
    reference,
  );
}

function counted(network: SpikingNetwork, simulated: Simulated): Counted {
  const operations = countOperations(network, simulated.result);
  const traffic = countTraffic(network, simulated.result, operations);
  return {
    ...simulated,
    operations,
    energies: estimateAll(operations),
    traffic,
    memories: Object.fromEntries(MEMORIES.map((memory) => [memory.name, memoryEnergy(memory, traffic)])),
  };
}

/** @param stepsOf the steps after which a run is read */
function reportOf(
  runs: readonly Counted[],
  stepsOf: (run: Counted) => readonly number[],
  labels: ArrayLike<number>,
  reference: Reference | null,
): SimulationReport {
  /** @param values of a run after its steps 1, 2, ... */
  const by = (values: (run: Counted) => ArrayLike<number>): ByStep =>
    Object.fromEntries(
      runs.flatMap((run) => {
        const found = values(run);
        return stepsOf(run).map((step) => [step, found[step - 1]!]);
      }),
    );
  const last = runs.at(-1)!;
  const { result, operations, traffic } = last;
  const spiking = result.layers.slice(0, -1);
  const mismatchesByStep = reference && by((run) => mismatches(run.result, reference.predictions));
  return {
    snn: {
      accuracy: by((run) => accuracyBySteps(run.result, labels)),
      ...(reference &&
        mismatchesByStep && {
          mismatches: mismatchesByStep[result.steps]!,
          mismatchesByStep,
          reference: reference.name,
        }),
    },
    spikes: {
      perNeuron: by((run) => spikesPerNeuron(run.result)),
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
    overload: Object.fromEntries(spiking.map((layer) => [layer.name, layer.overload])),
    simulate: { imagesPerSecond: last.imagesPerSecond, method: result.method },
    ...(result.latency && {
      latency: Object.fromEntries(runs.map((run) => [run.result.steps, mean(run.result.latency!)])),
    }),
  };
}

const mapValues = <T, U>(
  values: Readonly<Record<string, T>>,
  change: (value: T, key: string) => U,
): Record<string, U> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));

const mean = (values: Int32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** `[steps]`: spikes up to and including each step, mean over spiking neurons and images; 0 where there is no such neuron. */
export function spikesPerNeuron(result: SimulationResult): number[] {
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
