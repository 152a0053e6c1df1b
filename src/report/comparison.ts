/**
 * @file A comparison as plain data: contenders, each a trained network converted by some method, on one data set and one
 * architecture. What is by step has the `steps` of the comparison.
 */
import type { LayerAnatomy } from '../proof/anatomy/layer-anatomy.ts';
import type { ByStep } from './by-step.ts';
import type { Raster } from './raster.ts';
import type { SimulationReport } from './simulation-report.ts';

/** What one contender came to. */
export interface ContenderResult {
  /** 'strelu-half', 'qcfs', 'relu-percentile', ... */
  readonly id: string;
  /** For tables and legends. */
  readonly title: string;
  /** Who proposed its method. */
  readonly source: string;
  readonly ours: boolean;
  /** The conversion method. */
  readonly method: string;
  readonly neuron: string;
  /** Id of the trained network it starts from. */
  readonly training: string;
  readonly activation: string;
  /** Percent, on the images of the comparison. */
  readonly annAccuracy: number;
  /** Percent by T. */
  readonly accuracy: ByStep;
  /** Cumulative up to T, mean over neurons and images. */
  readonly spikesPerNeuron: ByStep;
  /** Layer -> cumulative spikes per neuron at each of `steps`. */
  readonly spikesByLayer: Readonly<Record<string, readonly number[]>>;
  readonly operations: SimulationReport['operations'];
  /** By estimator. */
  readonly energy: SimulationReport['energy'];
  /** Smallest T within 1, 0.5, 0.1 points (the keys) of its own ANN, and of the best ANN; null: not reached. */
  readonly needed: Needed;
  /** Share of neuron steps whose current is beyond theta, by layer. */
  readonly overload: Readonly<Record<string, number>>;
  /** Exact modes: mean number of steps until the answer of T stands. Absent: T itself. */
  readonly latency?: ByStep;
  /** T -> which images are right (right-answers.ts), for paired tests; absent in results of earlier versions. */
  readonly right?: Readonly<Record<string, string>>;
  /** At the T within 0.5 points of its own ANN; absent where that is not reached, and in results of earlier versions. */
  readonly zeros?: ContenderZeros | undefined;
  /** Where the error of each layer comes from. */
  readonly anatomy?: readonly LayerAnatomy[];
}

/** What its ANN could spare (src/energy/against-anns.ts). */
export interface ContenderZeros {
  readonly steps: number;
  /** How many the share was measured on. */
  readonly images: number;
  /** Of the ANN's multiply-accumulates, those with no factor 0: from 0 to 1. */
  readonly macShare: number;
  /** Of an activation, for what so many steps can say. */
  readonly bits: number;
}

/** What a contender gives by itself; the rest follows from all of them. */
export type MeasuredContender = Omit<ContenderResult, 'needed' | 'anatomy' | 'zeros'>;

export type AnatomisedContender = Omit<ContenderResult, 'needed'>;

export interface Needed {
  readonly own: Readonly<Record<string, number | null>>;
  readonly best: Readonly<Record<string, number | null>>;
}

export interface Comparison {
  readonly dataset: string;
  readonly model: string;
  /** Test images that every contender saw. */
  readonly images: number;
  readonly steps: readonly number[];
  readonly contenders: readonly ContenderResult[];
  /** Percent: the best of the trained networks. */
  readonly bestAnn: number;
  /** Id of the contender that ratios are against. */
  readonly baseline: string;
  /** Spikes of the baseline. */
  readonly raster?: Raster;
}
