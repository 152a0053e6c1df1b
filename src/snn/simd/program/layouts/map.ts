/** @file What a kernel is told about a map of spikes, and the table that it looks up. All addresses are bytes. */

import { WINDOW_FIELDS, type WindowField } from './window.ts';

const OWN_FIELDS = [
  'masks', // [images, sourcePositions, steps, words, planes]
  'words',
  'planes',
  'positives',
  'steps', // held at once
  'now', // frames of an image that this call makes
  'together', // steps that a frame adds up: frame t is of the steps from t x together on
  'mapHeight',
  'mapWidth',
  'channels', // of the map, a multiple of 4
  'map', // [images, now, mapHeight, mapWidth, channels], of bytes with a border of `border` places
  'border',
  'silent', // four bytes that stand for no spike
  'table', // of bitValueTable, or of byteValueTable
] as const;

export type MapField = (typeof OWN_FIELDS)[number] | WindowField;

export const MAP_FIELDS: readonly MapField[] = [...OWN_FIELDS, ...WINDOW_FIELDS];

/** [256, 8] float32: for each byte its bits as numbers, lowest first. */
export function bitValueTable(): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 256 * 8 }, (_, i) => ((i >> 3) >> (i & 7)) & 1);
}

/** [256, 8] uint8: the same in bytes. */
export const byteValueTable = (): Uint8Array<ArrayBuffer> => Uint8Array.from(bitValueTable());
