/**
 * @file A network as plain data: what is saved in a file, what the trainer builds and what the converter reads.
 * All maps are channels last; `flatten` keeps that order (row, column, channel).
 */

import type { OwnActivation } from './activations/own-activation.ts';
import type { MapShape } from './map-shape.ts';
import type { OwnLayer } from './own-layer.ts';

export { type MapShape, mapSize } from './map-shape.ts';

/** strelu's own activations. */
export type ActivationName = 'strelu' | 'trelu' | 'tleaky-relu' | 'relu' | 'qcfs';

/** Parameters: NAME.weight [kernel, kernel, inChannels, outChannels], NAME.bias [outChannels] when `bias`. */
export interface Conv2dLayer {
  readonly kind: 'conv2d';
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly bias: boolean;
}

/** Parameters: NAME.weight [inputs, outputs], NAME.bias [outputs] when `bias`. */
export interface LinearLayer {
  readonly kind: 'linear';
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
}

/** Parameters: NAME.gamma, NAME.beta; running statistics: NAME.mean, NAME.variance; all [channels]. */
export interface BatchNormLayer {
  readonly kind: 'batchNorm';
  readonly name: string;
  readonly channels: number;
  readonly epsilon: number;
  /** Weight of the newest batch in the running statistics. */
  readonly momentum: number;
}

/** Parameter: NAME.theta, [1] or [channels] (absent for relu). levels 0 = continuous. */
export interface ActivationLayer {
  readonly kind: 'activation';
  readonly name: string;
  /** One of ACTIVATIONS, or the name of `own`. */
  readonly activation: string;
  /** An activation of the caller's own. No plain data: files leave it out. */
  readonly own?: OwnActivation;
  /** 1: one theta for the layer; otherwise one per channel. */
  readonly thetas: number;
  /** Slope below 0 (tleaky-relu). */
  readonly leak: number;
  readonly levels: number;
  readonly rounding: 'truncate' | 'round';
}

/** Mean over size x size windows, step size. */
export interface AvgPoolLayer {
  readonly kind: 'avgPool';
  readonly name: string;
  readonly size: number;
}

/** The map read as a vector: row, column, channel. */
export interface FlattenLayer {
  readonly kind: 'flatten';
  readonly name: string;
}

/** In training, values are set to 0 at random and the others scaled up; otherwise nothing. */
export interface DropoutLayer {
  readonly kind: 'dropout';
  readonly name: string;
  /** Probability that a value is set to 0 in training. */
  readonly rate: number;
}

/** y = body(x) + shortcut(x); an empty shortcut is the identity. */
export interface ResidualLayer {
  readonly kind: 'residual';
  readonly name: string;
  readonly body: readonly Layer[];
  readonly shortcut: readonly Layer[];
}

/** Parameters: NAME.X for each X that `own` names. */
export interface CustomLayer {
  readonly kind: 'custom';
  readonly name: string;
  /** The name of `own`. */
  readonly layer: string;
  /** The map before it. */
  readonly input: MapShape;
  /** No plain data: files leave it out. */
  readonly own: OwnLayer;
}

/** Everything that a network can be built of. */
export type Layer =
  | Conv2dLayer
  | LinearLayer
  | BatchNormLayer
  | ActivationLayer
  | AvgPoolLayer
  | FlattenLayer
  | DropoutLayer
  | ResidualLayer
  | CustomLayer;

/** A network without its weights. */
export interface Architecture {
  readonly name: string;
  readonly input: MapShape;
  readonly classes: number;
  readonly layers: readonly Layer[];
}

/** A trained network with nothing but data in it: parameters and running statistics by name. */
export interface TrainedNetwork {
  readonly architecture: Architecture;
  readonly weights: ReadonlyMap<string, Float32Array<ArrayBufferLike>>;
  /** How it came about: seed, version, recipe, accuracy... */
  readonly provenance: Readonly<Record<string, string | number | boolean>>;
}
