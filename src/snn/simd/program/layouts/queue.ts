/**
 * @file What a kernel is told about a queue of spikes, and the tables that it looks up. All addresses are bytes.
 * A list holds spikes as column * channels + channel, in uint16.
 */

import { WINDOW_FIELDS, type WindowField } from './window.ts';

const OWN_FIELDS = [
  'masks', // [images, sourcePositions, steps, words, planes]
  'words',
  'planes',
  'mapHeight',
  'mapWidth',
  'channels',
  // [images, mapHeight, steps, planes, mapWidth + 1] addresses where a position's list begins; the next one's is its end
  'entries',
  'lists', // memory for them
  'positionBytes', // of this memory for one position and step
  'steps',
  'firstStep', // handled by this call
  'endStep',
  'bitIndices', // address of bitIndexTable
] as const;

export type QueueField = (typeof OWN_FIELDS)[number] | WindowField;

export const QUEUE_FIELDS: readonly QueueField[] = [...OWN_FIELDS, ...WINDOW_FIELDS];

/** A list may be written this many bytes beyond its end: eight entries are copied at once. */
export const OVERRUN = 16;

/** [256, 8] uint16: for each byte the indices of the bits that are set. */
export function bitIndexTable(): Uint16Array<ArrayBuffer> {
  const indices = new Uint16Array(256 * 8);
  for (let byte = 0; byte < 256; byte++) {
    let at = byte * 8;
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) indices[at++] = bit;
  }
  return indices;
}
