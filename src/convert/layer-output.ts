/**
 * @file What the output of a trained layer has become while a network is folded: either the spikes of finished spiking layers,
 * or a current that still waits for the neurons which will receive it. Both come in parts, one after the other along the channels:
 * of a concatenation there are several. All arithmetic here is float64; it is rounded to float32 once, when the spiking layer is made.
 */
import type { MapShape } from '../nn/architecture.ts';
import type { Border, MapWindow, Pair } from '../nn/map-window.ts';

/** x -> scale[c] * x + shift[c]: a batch norm, with its running statistics. */
export interface Affine {
  readonly scale: Float64Array;
  readonly shift: Float64Array;
  /** The batch norms that it is made of. */
  readonly names: readonly string[];
}

/** What is read of a source, before weights see it. */
export interface Reading {
  /** Index of the spiking layer that sends; -1 is the image. */
  readonly from: number;
  /** The windows whose largest counts are taken first; null: none. */
  readonly maxPool: MapWindow | null;
  /** The windows of the mean; of one place where there is none. */
  readonly pool: MapWindow;
}

/** Where the values of a map lie in the vector that it is read as: value (y, x, c) at base + y * row + x * column + c. */
export interface Rows {
  readonly base: number;
  readonly row: number;
  readonly column: number;
}

/** What a window's mean is multiplied by: the factor of its row times that of its column. */
export interface Shares {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** The spikes of one layer, or the image. */
export interface SpikePart extends Reading {
  /** The source's own map. */
  readonly source: MapShape;
  /** The map after pooling, without the border. */
  readonly map: MapShape;
  /** Places around it. */
  readonly border: Border;
  /** What stands there. */
  readonly filled: number;
  /** Of each row and column of the map 1 / the share of the window that lies on it, where a mean leaves its border out; else null. */
  readonly shares: Shares | null;
  /** Where it lies in the flat vector; null: it is still a map. */
  readonly rows: Rows | null;
}

/** Spikes (or the image), averaged over windows, perhaps read as a flat vector. */
export interface Spikes {
  readonly kind: 'spikes';
  readonly parts: readonly SpikePart[];
  /** The map's shape after pooling, borders and flattening. */
  readonly shape: MapShape;
  /** A batch norm that waits for the weights after it, over all channels of `shape`. */
  readonly affine: Affine | null;
  /** Layers folded since the spikes were sent (pool, flatten). */
  readonly names: readonly string[];
}

/** One summand of a current: the spikes of one layer through one set of weights, whose rows run over output channels. */
export interface Summand extends Reading {
  readonly kind: 'conv2d' | 'linear' | 'identity';
  readonly weight: Float64Array;
  /** The weights as trained, for the report; null where folding changed their shape. */
  readonly original: Float32Array<ArrayBufferLike> | null;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Border;
  readonly dilation: Pair;
  readonly groups: number;
  /** What stands around the map where that is not 0, and the map: it gives a constant current (border-currents.ts). */
  readonly filled?: { readonly value: number; readonly map: MapShape };
}

/** The input of some channels of neurons that are still to come. */
export interface CurrentPart {
  readonly summands: readonly Summand[];
  /** [channels of the part] */
  readonly bias: Float64Array;
}

/** The input of neurons that are still to come. */
export interface Current {
  readonly kind: 'current';
  readonly parts: readonly CurrentPart[];
  readonly shape: MapShape;
  /** A max pool that was met before the activation: it is taken of the neurons' counts, because an activation never decreases. `map`: of the neurons. */
  readonly maxPool: { readonly window: MapWindow; readonly name: string; readonly map: MapShape } | null;
  /** True when a flatten was met before the activation: the neurons' spikes will be read as a vector. */
  readonly flat: boolean;
  /** All layers folded into it. */
  readonly names: readonly string[];
}

/** What a layer's output has become. */
export type LayerOutput = Spikes | Current;

/** One number for each channel. */
export const channelsOf = ({ parts }: Current): number =>
  parts.reduce((sum, { bias }) => sum + bias.length, 0);
