/**
 * @file What checking one spiking network against its trained network came to, as tables, figures and result files have it.
 */
import type { Histogram } from '../proof/anatomy/error-sums.ts';
import type { LayerAnatomy } from '../proof/anatomy/layer-anatomy.ts';

export interface VerificationReport {
  readonly laws: readonly LawResult[];
  /** From the trained network to its spikes. */
  readonly stages: readonly Stage[];
  readonly layers: readonly LayerLoss[];
  /** Where most of the difference enters; null where no layer stands out. */
  readonly lossyLayer: LossyLayer | null;
  /** Share of neurons (over images) to which the count law applies; null where the neuron has none. */
  readonly countLawCovers: number | null;
  /** Images whose class is proven to be the folded network's; null for schedules without a bound. */
  readonly certified: number | null;
  /** Only where a radius was asked for. */
  readonly ball?: BallResult;
  /** Test images that all of this is over. */
  readonly images: number;
}

/** One law: the case that came nearest to its bound, over all cases. */
export interface LawResult {
  readonly id: string;
  readonly says: string;
  readonly cases: number;
  readonly holds: boolean;
  readonly worst: number;
  readonly bound: number;
}

/** The trained network, the folded one, the quantised one, the spikes. */
export interface Stage {
  readonly name: string;
  /** Percent. */
  readonly accuracy: number;
  /** Points lost since the stage before. */
  readonly lost: number;
  /** Images whose class is another than in the stage before. */
  readonly changed: number;
}

/** How the rates of one layer differ from the activations that they stand for, in theta. */
export interface LayerLoss {
  readonly name: string;
  /** Pearson's, between rate N/T and the trained activation. */
  readonly correlation: number;
  /** Root mean square of their difference. */
  readonly error: number;
  /** Mean of their difference: what does not cancel. */
  readonly bias: number;
  /** Share of neurons whose count is not the quantised network's. */
  readonly otherCount: number;
  /** Histogram of the differences. */
  readonly histogram: Histogram;
  readonly anatomy: LayerAnatomy;
}

/** A layer before which rates and activations correlate by `from`, and after it by `to`. */
export interface LossyLayer {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** Certificates for all images within a distance: of the folded network, by interval arithmetic; a bound, not an attack. */
export interface BallResult {
  /** Largest change of any one value of the normalised image. */
  readonly radius: number;
  readonly images: number;
  /** Images around which the folded network provably gives the spiking network's class. */
  readonly certified: number;
  /** Those of them whose class is the label. */
  readonly certifiedRight: number;
}
