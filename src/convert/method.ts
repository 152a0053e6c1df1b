/**
 * @file What a conversion method decides: which activations it understands, the neuron, v0, and the thresholds.
 */
import type { ActivationLayer, ActivationName, TrainedNetwork } from '../nn/architecture.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import type { SimulateOptions } from '../snn/simulation.ts';

/** What is known of calibration images: activations for thresholds, the images themselves for methods that run the SNN. */
export interface Calibration {
  /**
   * Activations of the trained network, by name of the activation layer: any number of maps [..., channels], one after
   * the other.
   */
  readonly activations: ReadonlyMap<string, ArrayLike<number>>;
  /** [count, height, width, channels], normalised as in training: those that the activations are of. */
  readonly images?: Float32Array<ArrayBufferLike>;
  /** T of the runs on them. */
  readonly steps?: number;
  /** What these runs are done with: threads, kernels. */
  readonly engine?: Pick<SimulateOptions, 'runtime' | 'kernels'>;
}

/** A calibration with everything that a run needs. */
export type RunCalibration = Calibration & Required<Pick<Calibration, 'images' | 'steps'>>;

export interface ConversionMethod {
  readonly name: string;
  /** Who proposed it. */
  readonly source: string;
  readonly activations: readonly ActivationName[];
  /** Neurons it may use; the first is the default. */
  readonly neurons: readonly Neuron[];
  readonly needsCalibration: boolean;
  /** v0 as a fraction of theta. */
  initialPotential(neuron: Neuron): number;
  /** [1] or [channels], all > 0; a method with `calibrate` may still change them. */
  thresholds(
    network: TrainedNetwork,
    layer: ActivationLayer,
    calibration: Calibration,
  ): Float32Array<ArrayBuffer>;
  /** Present when thresholds or biases come from runs of the spiking network, layer after layer: the network with them. */
  readonly calibrate?: (snn: SpikingNetwork, calibration: RunCalibration) => SpikingNetwork;
}

/** True when the calibration's T matters. */
export const runsToCalibrate = (method: ConversionMethod): boolean => method.calibrate !== undefined;
