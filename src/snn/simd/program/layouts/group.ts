/** @file What a kernel is told about a group of synapses. All addresses and strides are bytes. */

import { WINDOW_FIELDS, type WindowField } from './window.ts';

/** How a group's currents come about. */
export const GroupKind = {
  /** From spikes, through weights. */
  spikes: 0,
  /** From spikes, each to its own channel. */
  identity: 1,
  /** From the image, through weights. */
  pixels: 2,
  /** A matrix product has computed them. */
  product: 3,
  /** From spikes, through the weights of each channel by itself. */
  depthwise: 4,
} as const;

const OWN_FIELDS = [
  'kind', // a GroupKind
  'mapHeight',
  'mapWidth',
  'mapPositions',
  'kernelHeight',
  'kernelWidth',
  'strideY',
  'strideX',
  'paddingTop',
  'paddingLeft',
  'dilationY',
  'dilationX',
  'inChannels',
  'weights', // [blocks][kernelHeight, kernelWidth, inChannels, block width]
  'blockBytes', // from one block's weights to the next
  'entries', // spikes: the queue's
  'lists', // identity, depthwise: the source's masks. pixels: the image. product: currents [images, steps now, positions, channels]
  'positionBytes', // pixels, product: of one position of `lists`
  'rowEntries', // spikes: [images, positions, steps] entries, see ROW_ENTRY_BYTES
  'rowLists', // memory for these lists: numbers of weight rows in uint16
  'rowBytes', // of this memory for one row of the output
  'planes', // as the layer's
  'positives',
] as const;

export type GroupField = (typeof OWN_FIELDS)[number] | WindowField;

/** The window is that of an identity, or of each channel by itself. */
export const GROUP_FIELDS: readonly GroupField[] = [...OWN_FIELDS, ...WINDOW_FIELDS];

/**
 * Bytes of an entry: the addresses where a list of weight rows begins, where its rows of negative spikes begin, and where it
 * ends; and one unused word, for a power of two.
 */
export const ROW_ENTRY_BYTES = 16;
