/**
 * @file What a conversion recipe decides: which activations it understands, the neuron, v0, and the thresholds.
 */
import type { ActivationLayer, ActivationName, TrainedNetwork } from '../nn/architecture.ts';
import type { NeuronKind } from '../snn/network.ts';

/** Values of activations seen on calibration images, by name of the activation layer; any number, any order. */
export type Calibration = ReadonlyMap<string, ArrayLike<number>>;

export interface Recipe {
  readonly name: string;
  /** Who proposed it. */
  readonly source: string;
  readonly activations: readonly ActivationName[];
  /** Neurons it may use; the first is the default. */
  readonly neurons: readonly NeuronKind[];
  readonly needsCalibration: boolean;
  /** v0 as a fraction of theta. */
  initialPotential(neuron: NeuronKind): number;
  /** [1] or [channels], all > 0. */
  thresholds(
    network: TrainedNetwork,
    layer: ActivationLayer,
    calibration: Calibration,
  ): Float32Array<ArrayBuffer>;
}
