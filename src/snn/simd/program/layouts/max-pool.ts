/** @file What a kernel is told about a max pool. All addresses are bytes. */
import { WINDOW_FIELDS, type WindowField } from './window.ts';

const OWN_FIELDS = [
  'masks', // of the neurons: [images, sourcePositions, steps, words, planes]
  'words',
  'planes',
  'positives',
  'mapHeight', // of the map of windows
  'mapWidth',
  'counts', // [images, words, sourcePositions, 32] int32: signed counts of the neurons
  'largest', // [images, words, positions of the map, 32] int32: the largest of each window
  'to', // masks of the windows: [images, positions of the map, steps, words, planes]
  'steps', // held at once
  'firstStep', // handled by this call
  'endStep',
] as const;

export type MaxPoolField = (typeof OWN_FIELDS)[number] | WindowField;

export const MAX_POOL_FIELDS: readonly MaxPoolField[] = [...OWN_FIELDS, ...WINDOW_FIELDS];

/** Bytes of the counts of 32 channels. */
export const COUNTS_BYTES = 128;
