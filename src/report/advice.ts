/** @file What `advise` says of a network, as plain data. */
import type { ByStep } from './by-step.ts';

/** One activation of the network. */
export interface LayerAdvice {
  readonly name: string;
  readonly activation: string;
  /** True: the trained clip is the neurons' own, nothing is approximated but the number of steps. */
  readonly exact: boolean;
  /** The mean of its thresholds. */
  readonly theta: number;
  /** Percent of the values that the threshold cuts off. */
  readonly clipped: number;
  /** The size in theta that 99.9 % of the values stay below: 0.25 needs four times the steps of 1. */
  readonly reach: number;
  readonly says: string;
}

export interface Advice {
  readonly method: string;
  readonly neuron: string;
  readonly layers: readonly LayerAdvice[];
  readonly images: number;
  /** Percent. */
  readonly annAccuracy: number;
  readonly snnAccuracy: ByStep;
  /** Points that the smallest sufficient T may lose. */
  readonly tolerance: number;
  /** The smallest T from which on no more is lost; null: none up to the largest that was tried. */
  readonly steps: number | null;
  /** Energy of that T, or of the largest, over the trained network's; null where nothing is known of that. */
  readonly energyRatio: number | null;
}
