/** @file What tuning has learned of a machine: how long layers take by events and by products. */

/** What one layer takes for one image, in milliseconds. */
export interface LayerTimes {
  readonly events: number;
  readonly products: number;
}

/**
 * Times by what decides them (engines/layer-key.ts). A run with `tune` reads what is there, times the layers that are not, and adds
 * them; keep the table, and the next run need not time them.
 * @example
 * const table = new Map();
 * simulate(quantisedToInt8(snn), images, { steps: 4, engine: 'auto', tune: table });
 * table.size > 0; // true
 */
export type TuningTable = Map<string, LayerTimes>;
