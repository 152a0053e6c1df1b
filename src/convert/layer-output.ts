/**
 * @file What the output of a trained layer has become while a network is folded: either the spikes of a finished spiking layer,
 * or a current that still waits for the neurons which will receive it. All arithmetic here is float64; it is rounded to float32
 * once, when the spiking layer is made.
 */
import type { MapShape } from '../nn/architecture.ts';

/** x -> scale[c] * x + shift[c]: a batch norm, with its running statistics. */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  /** The batch norms that it is made of. */
  readonly names: readonly string[];
}

/** Spikes (or the image), averaged over pool x pool windows, perhaps read as a flat vector. */
export interface Spikes {
  readonly kind: 'spikes';
  /** Index of the spiking layer that sends them; -1 is the image. */
  readonly from: number;
  readonly pool: number;
  /** The map's shape after pooling and flattening. */
  readonly shape: MapShape;
  /** A batch norm that waits for the weights after it. */
  readonly affine: Affine | null;
  /** Layers folded since the spikes were sent (pool, flatten). */
  readonly names: readonly string[];
}

/** One summand of a current: the spikes of one layer through one set of weights, whose rows run over output channels. */
export interface Summand {
  readonly kind: 'conv2d' | 'linear' | 'identity';
  readonly from: number;
  readonly pool: number;
  readonly weight: Float64Array;
  /** The weights as trained, for the report; null where folding changed their shape. */
  readonly original: Float32Array<ArrayBufferLike> | null;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** The input of neurons that are still to come. */
export interface Current {
  readonly kind: 'current';
  readonly summands: readonly Summand[];
  /** [channels] */
  readonly bias: Float64Array;
  readonly shape: MapShape;
  /** True when a flatten was met before the activation: the neurons' spikes will be read as a vector. */
  readonly flat: boolean;
  /** All layers folded into it. */
  readonly names: readonly string[];
}

/** What a layer's output has become. */
export type LayerOutput = Spikes | Current;
