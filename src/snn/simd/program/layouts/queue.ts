/**
 * @file What a kernel is told about a queue of spikes, and the tables that it looks up. All addresses are bytes.
 * A list holds spikes as column * channels + channel, in uint16.
 */

export const QUEUE_FIELDS = [
  'masks', // [images, sourcePositions, steps, words, planes]
  'words',
  'planes',
  'sourceWidth',
  'sourcePositions',
  'pool',
  'mapHeight',
  'mapWidth',
  'channels',
  'entries', // [images, mapHeight, steps, planes, mapWidth + 1] addresses: where a position's list begins; the next one's is its end
  'lists', // room for them
  'positionBytes', // how much of it for one position
  'steps',
  'firstStep', // handled by this call
  'endStep',
  'places', // the table of bitPlaces
] as const;

export type QueueField = (typeof QUEUE_FIELDS)[number];

/** A list may be written this many bytes beyond its end: eight entries are copied at once. */
export const OVERRUN = 16;

/** [256, 8] uint16: for each byte the places of its ones. */
export function bitPlaces(): Uint16Array<ArrayBuffer> {
  const places = new Uint16Array(256 * 8);
  for (let byte = 0; byte < 256; byte++) {
    let at = byte * 8;
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) places[at++] = bit;
  }
  return places;
}
