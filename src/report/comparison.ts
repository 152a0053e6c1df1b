/**
 * @file A comparison of conversion methods as plain data: what `compare` measures, its tables and figures show.
 * An object "by step" has the number of steps T as its keys: those of `steps`.
 */
import type { LayerAnatomy } from '../proof/anatomy/layer-anatomy.ts';
import type { ByStep, EnergyEstimate, OperationCounts } from './result.ts';

/** One conversion method on one data set. */
export interface MethodResult {
  /** 'strelu-half', 'qcfs', 'relu-percentile', ... */
  readonly id: string;
  /** For tables and legends. */
  readonly title: string;
  /** Who proposed it. */
  readonly source: string;
  readonly ours: boolean;
  /** Conversion conversion. */
  readonly conversion: string;
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
  readonly operations: OperationCounts;
  /** By estimator. */
  readonly energy: Readonly<Record<string, EnergyEstimate>>;
  /** Smallest T within so many points ('1', '0.5', '0.1') of its own ANN / of the best ANN; null: not reached. */
  readonly needed: Needed;
  /** Share of neuron steps whose current is beyond theta, by layer. */
  readonly overload: Readonly<Record<string, number>>;
  /** Exact modes: mean number of steps until the answer of T stands. Absent: T itself. */
  readonly latency?: ByStep;
  /** Where the error of each layer comes from. */
  readonly anatomy?: readonly LayerAnatomy[];
}

/** What a method gives by itself; the rest follows from all of them. */
export type MeasuredMethod = Omit<MethodResult, 'needed' | 'anatomy'>;

export interface Needed {
  readonly own: Readonly<Record<string, number | null>>;
  readonly best: Readonly<Record<string, number | null>>;
}

/** Spikes of one image, layer by layer; of a large layer some neurons stand for all. */
export interface ComparisonRaster {
  readonly image: number;
  readonly steps: number;
  readonly layers: readonly RasterLayer[];
}

export interface RasterLayer {
  readonly name: string;
  /** Rows: neurons that are shown. */
  readonly neurons: number;
  /** t = 1, 2, ...; neuron = 0, 1, ... among those shown; s = +1 or -1. */
  readonly spikes: readonly (readonly [t: number, neuron: number, s: number])[];
}

export interface Comparison {
  readonly dataset: string;
  readonly model: string;
  /** Test images that every method saw. */
  readonly images: number;
  readonly steps: readonly number[];
  readonly methods: readonly MethodResult[];
  /** Percent: the best of the trained networks. */
  readonly bestAnn: number;
  /** Id of the method of ours that ratios are against. */
  readonly reference: string;
  /** Of the reference method. */
  readonly raster?: ComparisonRaster;
}
