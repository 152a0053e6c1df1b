/**
 * @file What a kernel is told about a layer and its synapses: rows of int32 in the heap, by field name.
 * All addresses and strides are bytes. A block is 8 registers of output channels; the last may be narrower.
 */
import { type Expression, i32, type Local } from '../../../kernels/assembler/assembler.ts';

export const LAYER_FIELDS = [
  'width', // of the output map
  'positions',
  'blocks', // words of masks: 32 channels each
  'weightBlocks', // what a task computes: 32 channels in float32, 64 in int8
  'tailRegisters', // registers of the last of them, 1..8
  'channelBytes', // of one position: padded channels x 4
  'rowTasks', // tasks one image and block is cut into
  'rowsPerTask',
  'height',
  'images',
  'steps', // kept at once: stride of everything that is kept per step
  'firstStep', // handled by this call
  'endStep',
  'base', // constant current
  'baseImage', // its stride per image, 0: shared
  'basePosition', // and per position, 0: shared
  'fires', // a Mode
  'planes', // levels of spikes, each with its words of masks: +1 and -1, or 1..burst
  'positives', // how many of them are positive; they come first
  'initial', // 1: the first step starts from v0
  'limit', // tracer: the most and
  'lowest', // the least a neuron may have sent
  'sent', // tracer and memory: [images, positions, channels], signed spike counts as f32
  'v', // [images, positions, channels]
  'start', // v0 [channels]
  'theta', // [channels], +Infinity in the padding
  'up', // [channels]: fires +1 at m >= up
  'down', // [channels]: fires -1 at m <= down
  'lossDown', // [channels]: what -1 gives back (leaky)
  'masks', // [images, positions, steps, blocks, planes] words: channels that fired at this level, +1 and -1 for most neurons
  'currents', // [images, positions, steps, channels], 0: not wanted
  'membranes', // the same for v after the step, 0: not wanted
  'scratch', // int8: 256 bytes for each lane
  'overloads', // [tasks]: neuron-steps with abs(I) > theta, added to
  'groups', // number of synapse groups
  'firstGroup', // address of their descriptors
] as const;

/** What happens with a current: it is stored; it makes spikes; it is added to v; it makes the spikes of a neuron with another rule; it makes those of a rest-coded neuron that has all its input. */
export const Mode = {
  store: 0,
  fire: 1,
  accumulate: 2,
  trace: 3,
  resetToZero: 4,
  leak: 5,
  remember: 6,
  burst: 7,
  rest: 8,
  release: 9,
} as const;

export const GROUP_FIELDS = [
  'kind', // 0 spikes through weights, 1 identity, 2 image through weights, 3 currents of a matrix product
  'mapHeight',
  'mapWidth',
  'mapPositions',
  'kernelHeight',
  'kernelWidth',
  'stride',
  'padding',
  'inChannels',
  'weights', // [blocks][kernelHeight, kernelWidth, inChannels, block width]
  'blockBytes', // from one block's weights to the next
  'entries', // spikes: the queue's
  'lists', // identity: the source's masks. image: pixels. product: currents [images, steps now, positions, channels]
  'slotBytes', // image, product: bytes of one position
  'rowEntries', // spikes: [images, positions, steps] of 16 bytes: addresses of the list of positive spikes, of negative ones, of its end: weight rows in uint16
  'rowLists', // room for them
  'rowBytes', // and how much for one row of the output
  'planes', // as the layer's
  'positives',
  'pool', // identity only: window on the source
  'sourceWidth', // identity only
  'sourcePositions', // identity only
] as const;

export const QUEUE_FIELDS = [
  'masks',
  'blocks',
  'planes',
  'sourceWidth',
  'sourcePositions',
  'pool',
  'mapHeight',
  'mapWidth',
  'channels',
  'entries', // [images, mapHeight, steps, planes, mapWidth + 1] addresses: where a position's list at a level begins; the next one's is its end
  'lists', // room for them
  'slotBytes', // and how much for one position
  'steps',
  'firstStep', // handled by this call
  'endStep',
  'places', // the table of bytePlaces
] as const;

export type LayerField = (typeof LAYER_FIELDS)[number];
export type GroupField = (typeof GROUP_FIELDS)[number];
export type QueueField = (typeof QUEUE_FIELDS)[number];

/** Reads one field of a descriptor inside a kernel. */
export function reader<F extends string>(
  fields: readonly F[],
): (at: Local<'i32'>, field: F) => Expression<'i32'> {
  return (at, field) => i32.load(at, fields.indexOf(field) * 4);
}

/** Field values in order. */
export function row<F extends string>(
  fields: readonly F[],
  values: Readonly<Record<F, number>>,
): Int32Array<ArrayBuffer> {
  return Int32Array.from(fields, (field) => values[field]);
}
