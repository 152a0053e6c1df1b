/**
 * @file A network as plain data: what is saved in a file, what the trainer builds and what the converter reads.
 * All maps are channels last; `flatten` keeps that order (row, column, channel).
 */

import type { OwnActivation } from './activations/own-activation.ts';
import type { LearnedData } from './learned-data.ts';
import type { MapShape } from './map-shape.ts';
import type { Border, Pair } from './map-window.ts';
import type { OwnLayer } from './own-layer.ts';

export { type MapShape, mapSize } from './map-shape.ts';
export type { Border, Pair } from './map-window.ts';

/** strelu's own activations. */
export type ActivationName = 'strelu' | 'trelu' | 'tleaky-relu' | 'relu' | 'qcfs';

/** Parameters: NAME.weight [kernelHeight, kernelWidth, inChannels / groups, outChannels], NAME.bias [outChannels] when `bias`. */
export interface Conv2dLayer {
  readonly kind: 'conv2d';
  readonly name: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Zeros around the map. */
  readonly padding: Border;
  /** Places between neighbouring taps; 1: none is left out. */
  readonly dilation: Pair;
  /** The channels are dealt out to so many convolutions side by side; as many as channels: each channel by itself (depthwise). */
  readonly groups: number;
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

/** Means over windows. What fills no window below or on the right is dropped. */
export interface AvgPoolLayer {
  readonly kind: 'avgPool';
  readonly name: string;
  readonly window: Pair;
  readonly stride: Pair;
  /** Zeros around the map. */
  readonly padding: Border;
  /** True: the zeros of the border count in a mean. False: it is taken over what of the window lies on the map. */
  readonly countPadding: boolean;
}

/** The largest value of each window; the border never is. What fills no window below or on the right is dropped. */
export interface MaxPoolLayer {
  readonly kind: 'maxPool';
  readonly name: string;
  readonly window: Pair;
  readonly stride: Pair;
  readonly padding: Border;
}

/** One value around the map. */
export interface PadLayer {
  readonly kind: 'pad';
  readonly name: string;
  readonly padding: Border;
  /** What stands there: 0, or the output of neurons at rest, -theta. */
  readonly value: number;
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

/** The channels of every branch's map, one branch after the other; an empty branch is the input itself. */
export interface ConcatLayer {
  readonly kind: 'concat';
  readonly name: string;
  readonly branches: readonly (readonly Layer[])[];
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
  | MaxPoolLayer
  | PadLayer
  | FlattenLayer
  | DropoutLayer
  | ResidualLayer
  | ConcatLayer
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
  /** How its images are normalised, and what its classes are called. Absent: as the data set says that it is given. */
  readonly learned?: LearnedData;
  /** How it came about: seed, version, recipe, accuracy... */
  readonly provenance: Readonly<Record<string, string | number | boolean>>;
}
