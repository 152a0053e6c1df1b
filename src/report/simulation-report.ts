/**
 * @file What a simulation came to, as tables, figures and result files have it. The engine's own arrays are a SimulationResult.
 */

import type { AgainstAnn, AnnName } from '../energy/against-anns.ts';
import type { OperationCounts } from '../energy/count-operations.ts';
import type { AnnTraffic, SnnTraffic, Widths } from '../energy/count-traffic.ts';
import type { Energy } from '../energy/estimate-energy.ts';
import type { MemoryEnergy } from '../energy/memories.ts';
import type { ByStep, WithSteps } from './by-step.ts';

/** Accuracies in percent; all counts are of one image's inference, mean over the images. */
export interface SimulationReport {
  readonly snn: {
    readonly accuracy: ByStep;
    /** Images whose class after the last step, and after each, differs from the reference's. */
    readonly mismatches?: number;
    readonly mismatchesByStep?: ByStep;
    /** 'ANN', 'quantised ANN'. */
    readonly reference?: string;
  };
  readonly spikes: {
    /** Mean over neurons and images, from the first step to this one. */
    readonly perNeuron: ByStep;
    /** Spikes per neuron: by layer, at each step from 1 to T. */
    readonly density: Readonly<Record<string, readonly number[]>>;
  };
  readonly operations: WithSteps<OperationCounts>;
  /** By estimator. */
  readonly energy: Energies;
  readonly traffic: TrafficReport;
  /** SNN / ANN, of several ANNs (src/energy/against-anns.ts). */
  readonly againstAnns: AgainstReport;
  /** Share of neuron steps whose current is beyond theta, by layer. */
  readonly overload: Readonly<Record<string, number>>;
  /** How it was computed. */
  readonly simulate: { readonly imagesPerSecond: number; readonly method: string };
  /** Settling: mean number of steps until the answer of T stands. */
  readonly latency?: ByStep;
}

/** `zeros` at the last step alone, and only where it was measured what is 0. */
export type AgainstReport = Readonly<Record<Exclude<AnnName, 'zeros'>, WithSteps<AgainstAnn>>> & {
  readonly zeros?: WithSteps<AgainstAnn>;
};

/** Of the first images of a data set. */
export interface AgainstSkipping {
  readonly images: number;
  /** Of the dense ANN's multiply-accumulates, those with no factor 0: from 0 to 1. */
  readonly macShare: number;
  /** SNN / the ANN that does only these, `[steps]`; it has the integers of the last step. */
  readonly against: AgainstAnn;
}

export type Energies = Readonly<Record<string, WithSteps<Energy>>>;

/** Memory traffic in bytes per image (src/energy/count-traffic.ts states the model) and, separately from arithmetic, its energy. */
export interface TrafficReport {
  readonly widths: Widths;
  readonly ann: AnnTraffic;
  readonly snn: WithSteps<SnnTraffic>;
  /** By memory: as if every byte came from it; ideal: each weight read once. */
  readonly energy: Readonly<Record<string, WithSteps<MemoryEnergy>>>;
}

/** What tables and figures show of a simulation. */
export type SimulationFigures = Pick<
  SimulationReport,
  'snn' | 'spikes' | 'operations' | 'energy' | 'latency'
>;

/** The estimator that tables quote. */
export const TABLE_ESTIMATOR = 'horowitz-fp32';

/** Energy after `step` steps over the ANN's; null where the estimator has no figure for an ANN. */
export function energyRatio(
  energies: Energies,
  step: number,
  estimator: string = TABLE_ESTIMATOR,
): number | null {
  const energy = energies[estimator];
  const joule = energy?.snnJoule[step];
  return energy?.annJoule && joule !== undefined ? joule / energy.annJoule : null;
}

/** Layer -> spikes per neuron up to and including a step. */
export function spikesByLayer(
  density: SimulationReport['spikes']['density'],
  step: number,
): Record<string, number> {
  const upTo = (values: readonly number[]): number =>
    values.slice(0, step).reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(Object.entries(density).map(([layer, values]) => [layer, upTo(values)]));
}
