/**
 * @file A simulation as the keys of the result file.
 */
import { countOperations } from '../../energy/count-operations.ts';
import { countTraffic } from '../../energy/count-traffic.ts';
import type { ByStep, OperationCounts, ResultKeys, TrafficKeys } from '../../report/result.ts';
import type { SpikingNetwork } from '../../snn/network.ts';
import { accuracyBySteps, type SimulationResult } from '../../snn/simulation.ts';
import { byStep, lastSteps } from './by-step.ts';
import { type EnergyKeys, energyKeys, gatherEnergy, gatherTraffic, trafficKeys } from './energy-keys.ts';
import type { Simulated } from './simulate-network.ts';

export interface Reference {
  /** 'ANN', 'quantised ANN'. */
  readonly name: string;
  /** The class of each image. */
  readonly predictions: ArrayLike<number>;
}

/** The result keys of a simulation. */
export interface SimulationKeys extends ResultKeys {
  readonly snn: {
    readonly accuracy: ByStep;
    readonly mismatches?: number;
    readonly mismatchesByStep?: ByStep;
    readonly reference?: string;
  };
  readonly spikes: NonNullable<ResultKeys['spikes']>;
  readonly operations: OperationCounts;
  readonly energy: EnergyKeys;
  readonly traffic: TrafficKeys;
  readonly overload: Readonly<Record<string, number>>;
  readonly simulate: NonNullable<ResultKeys['simulate']>;
  /** Settling: mean number of steps until the answer stands. */
  readonly latency?: ByStep;
}

/** All that a simulation says; `reference` is what its classes are compared with. */
export function simulationKeys(
  network: SpikingNetwork,
  { result, imagesPerSecond }: Simulated,
  labels: ArrayLike<number>,
  reference: Reference | null,
): SimulationKeys {
  const operations = countOperations(network, result);
  const spiking = result.layers.filter((_, l) => l < network.layers.length - 1);
  return {
    snn: {
      accuracy: byStep(accuracyBySteps(result, labels)),
      ...(reference && {
        mismatches: mismatches(result, reference.predictions).at(-1)!,
        mismatchesByStep: byStep(mismatches(result, reference.predictions)),
        reference: reference.name,
      }),
    },
    spikes: {
      perNeuron: byStep(spikesPerNeuron(result)),
      density: Object.fromEntries(spiking.map((layer) => [layer.name, [...layer.density]])),
    },
    operations: {
      annMac: operations.annMac,
      snnMac: operations.snnMac,
      snnAc: byStep(operations.snnAc),
      membraneUpdates: byStep(operations.membraneUpdates),
      constantAdds: byStep(operations.constantAdds),
    },
    energy: energyKeys(operations),
    traffic: trafficKeys(countTraffic(network, result, operations)),
    overload: Object.fromEntries(spiking.map((layer) => [layer.name, layer.overload])),
    simulate: { imagesPerSecond, method: result.method },
    ...(result.latency && {
      latency: { [result.steps]: result.latency.reduce((sum, steps) => sum + steps, 0) / result.images },
    }),
  };
}

/** Settling runs, one for each T in rising order: of each only its last step counts. */
export function settledKeys(
  runs: readonly { readonly steps: number; readonly keys: SimulationKeys }[],
): SimulationKeys {
  const last = runs.at(-1)!.keys;
  const at = (values: (keys: SimulationKeys) => ByStep): ByStep => lastSteps(runs, values);
  const { reference, mismatches } = last.snn;
  return {
    ...last,
    snn: {
      accuracy: at((keys) => keys.snn.accuracy),
      ...(reference !== undefined && {
        reference,
        mismatches: mismatches!,
        mismatchesByStep: at((keys) => keys.snn.mismatchesByStep!),
      }),
    },
    spikes: { ...last.spikes, perNeuron: at((keys) => keys.spikes.perNeuron) },
    operations: {
      ...last.operations,
      snnAc: at((keys) => keys.operations.snnAc),
      membraneUpdates: at((keys) => keys.operations.membraneUpdates),
      constantAdds: at((keys) => keys.operations.constantAdds),
    },
    energy: gatherEnergy(last, at),
    traffic: gatherTraffic(last, at),
    latency: at((keys) => keys.latency ?? {}),
  };
}

/** [steps]: spikes up to and including each step, mean over spiking neurons and images. */
export function spikesPerNeuron(result: SimulationResult): number[] {
  const spiking = result.layers.slice(0, -1);
  const neurons = spiking.reduce((sum, layer) => sum + layer.neurons, 0);
  let total = 0;
  return Array.from({ length: result.steps }, (_, t) => {
    for (const layer of spiking) total += layer.spikes[t]!;
    return total / (neurons * result.images);
  });
}

/** [steps]: images whose class is another than the reference's. */
export function mismatches(result: SimulationResult, reference: ArrayLike<number>): number[] {
  return Array.from({ length: result.steps }, (_, t) => {
    let count = 0;
    for (let i = 0; i < result.images; i++)
      if (result.predictions[t * result.images + i] !== reference[i]) count++;
    return count;
  });
}
