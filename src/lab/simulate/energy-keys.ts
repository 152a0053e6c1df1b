/**
 * @file Energy and memory traffic of a simulation as the keys of the result file.
 */

import type { OperationCounts } from '../../energy/count-operations.ts';
import type { Traffic } from '../../energy/count-traffic.ts';
import { estimateAll } from '../../energy/estimate-energy.ts';
import { MEMORIES, memoryEnergy } from '../../energy/memories.ts';
import type { ByStep, EnergyEstimate, TrafficKeys } from '../../report/result.ts';
import { byStep } from './by-step.ts';

export type EnergyKeys = Readonly<Record<string, Required<EnergyEstimate>>>;

export function energyKeys(counts: OperationCounts): EnergyKeys {
  return Object.fromEntries(
    Object.entries(estimateAll(counts)).map(([name, energy]) => [
      name,
      {
        annJoule: energy.annJoule,
        snnJoule: byStep(energy.snnJoule),
        membraneJoule: energy.membraneJoule && byStep(energy.membraneJoule),
        constantJoule: energy.constantJoule && byStep(energy.constantJoule),
      },
    ]),
  );
}

export function trafficKeys(traffic: Traffic): TrafficKeys {
  const { widths, ann, snn } = traffic;
  const energy = MEMORIES.map((memory) => {
    const { snnJoule, snnIdealJoule, ...rest } = memoryEnergy(memory, traffic);
    return [
      memory.name,
      { ...rest, snnJoule: byStep(snnJoule), snnIdealJoule: byStep(snnIdealJoule) },
    ] as const;
  });
  return {
    widths,
    ann,
    snn: {
      weights: byStep(snn.weights),
      weightsIdeal: byStep(snn.weightsIdeal),
      spikes: byStep(snn.spikes),
      constants: byStep(snn.constants),
      potentials: byStep(snn.potentials),
    },
    energy: Object.fromEntries(energy),
  };
}

/** Keys by step that are gathered from several; `at` picks a step's value for all of them. */
type Gather<T> = (values: (keys: T) => ByStep) => ByStep;

export function gatherEnergy<T extends { readonly energy: EnergyKeys }>(last: T, at: Gather<T>): EnergyKeys {
  return Object.fromEntries(
    Object.entries(last.energy).map(([name, { annJoule, membraneJoule, constantJoule }]) => [
      name,
      {
        annJoule,
        snnJoule: at(({ energy }) => energy[name]!.snnJoule),
        membraneJoule: membraneJoule && at(({ energy }) => energy[name]!.membraneJoule!),
        constantJoule: constantJoule && at(({ energy }) => energy[name]!.constantJoule!),
      },
    ]),
  );
}

export function gatherTraffic<T extends { readonly traffic: TrafficKeys }>(
  last: T,
  at: Gather<T>,
): TrafficKeys {
  const { traffic } = last;
  const snn = (key: keyof TrafficKeys['snn']): ByStep => at((keys) => keys.traffic.snn[key]);
  const energy = Object.entries(traffic.energy).map(([name, memory]) => [
    name,
    {
      ...memory,
      snnJoule: at((keys) => keys.traffic.energy[name]!.snnJoule),
      snnIdealJoule: at((keys) => keys.traffic.energy[name]!.snnIdealJoule),
    },
  ]);
  return {
    ...traffic,
    snn: {
      weights: snn('weights'),
      weightsIdeal: snn('weightsIdeal'),
      spikes: snn('spikes'),
      constants: snn('constants'),
      potentials: snn('potentials'),
    },
    energy: Object.fromEntries(energy),
  };
}
