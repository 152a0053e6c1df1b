/**
 * @file The spikes of one image as plain data.
 */

/** Layer by layer; of a large layer some neurons stand for all. */
export interface Raster {
  /** Index of the image in its data set. */
  readonly image: number;
  readonly steps: number;
  readonly layers: readonly RasterLayer[];
}

export interface RasterLayer {
  readonly name: string;
  /** Rows: neurons that are shown. */
  readonly neurons: number;
  /** t = 1, 2, ...; neuron = 0, 1, ... among those shown; s: the spike, of either sign. */
  readonly spikes: readonly (readonly [t: number, neuron: number, s: number])[];
}
