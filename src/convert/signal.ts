/**
 * @file What travels along the layers while a network is converted: either spikes of a finished layer,
 * or a current that still waits for its activation. Arithmetic here is float64; it is rounded once, at the end.
 */
import type { MapShape } from '../nn/architecture.ts';

/** x -> scale[c] * x + shift[c]: a batch norm that waits for the weights behind it. */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  readonly names: readonly string[];
}

/** Spikes (or the image), averaged over pool x pool windows, perhaps read as a flat vector. */
export interface SpikeSignal {
  readonly kind: 'spikes';
  /** Index of the spiking layer; -1 is the image. */
  readonly from: number;
  readonly pool: number;
  /** After pooling and flattening. */
  readonly shape: MapShape;
  readonly affine: Affine | null;
  /** Layers folded on the way (pool, flatten, dropout). */
  readonly names: readonly string[];
}

/** One summand of a current; weight rows run over output channels. */
export interface Part {
  readonly kind: 'conv2d' | 'linear' | 'identity';
  readonly from: number;
  readonly pool: number;
  readonly weight: Float64Array;
  /** As trained, for the report; null when the shape changed. */
  readonly original: Float32Array<ArrayBufferLike> | null;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

/** Input of neurons that do not exist yet. */
export interface CurrentSignal {
  readonly kind: 'current';
  readonly parts: readonly Part[];
  readonly bias: Float64Array;
  readonly shape: MapShape;
  /** A flatten was met before the activation: the neurons' spikes are read as a vector. */
  readonly flat: boolean;
  readonly names: readonly string[];
}

export type Signal = SpikeSignal | CurrentSignal;
