/**
 * @file What a conversion method decides: which activations it understands, the neuron, where potentials start, and the
 * thresholds. Each method has a file of its own in methods/, with its equations and its source.
 */
import type { ActivationLayer, TrainedNetwork } from '../nn/architecture.ts';
import type { SpikingNetwork } from '../snn/network.ts';
import type { Neuron } from '../snn/neurons/neuron.ts';
import type { Calibration, RunCalibration } from './calibration.ts';

/**
 * A way of converting. One of one's own is handed to `convert`; how it fires is for its neurons to say, the thresholds are its own.
 * @example
 * const wider = {
 *   ...methodNamed('strelu'),
 *   name: 'wider',
 *   source: 'my notes',
 *   thresholds: (net, layer) => net.weights.get(`${layer.name}.theta`).map((theta) => 1.5 * theta),
 * };
 * convert(network, { method: wider }).snn.layers[0].theta; // [1.5]
 */
export interface ConversionMethod {
  readonly name: string;
  /** Who proposed it. */
  readonly source: string;
  /** The activations that it has thresholds for, by name. */
  readonly activations: readonly string[];
  /** The neurons that it may use; the first is the default. */
  readonly neurons: readonly Neuron[];
  /** True when it sets thresholds or biases by calibration images. */
  readonly needsCalibration: boolean;
  /** v0, where potentials start, as a fraction of theta. */
  initialPotential(neuron: Neuron): number;
  /** The thresholds of one layer, [1] or [channels], all above 0; a method with `calibrate` may still change them. */
  thresholds(
    network: TrainedNetwork,
    layer: ActivationLayer,
    calibration: Calibration,
  ): Float32Array<ArrayBuffer>;
  /** For methods that run the spiking network, layer after layer, to find thresholds or biases: returns the network with them. */
  readonly calibrate?: (snn: SpikingNetwork, calibration: RunCalibration) => SpikingNetwork;
}

/** True when the method runs the spiking network to calibrate, so that the calibration's T matters. */
export const runsToCalibrate = (method: ConversionMethod): boolean => method.calibrate !== undefined;
