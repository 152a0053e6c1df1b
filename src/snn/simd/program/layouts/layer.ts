/**
 * @file What a kernel is told about a layer. All addresses and strides are bytes.
 * A block is 8 registers of output channels; the last may be narrower.
 */

export const LAYER_FIELDS = [
  'width', // of the output map
  'positions',
  'words', // of masks: 32 channels each
  'weightBlocks', // what a task computes: 32 channels in float32, 64 in int8
  'tailRegisters', // registers of the last of them, 1..8
  'channelBytes', // of one position: padded channels x 4
  'rowTasks', // tasks into which one image and block is cut
  'rowsPerTask',
  'height',
  'images',
  'steps', // held at once: the stride of everything that is stored per step
  'firstStep', // handled by this call
  'endStep',
  'base', // constant current
  'baseImage', // its stride per image, 0: shared
  'basePosition', // and per position, 0: shared
  'fires', // a Mode
  'planes', // words of masks per 32 channels: one for each value that counts as a spike, +1 and -1, or 1..burst
  'positives', // how many of these values are positive; they come first
  'initial', // 1: the first step starts from v0
  'limit', // the largest signed count that a tracer may reach
  'lowest', // and the smallest
  'sent', // tracer and memory: [images, positions, channels], signed spike counts as float32
  'v', // [images, positions, channels]
  'start', // v0 [channels]
  'theta', // [channels], +Infinity in the padding
  'up', // [channels]: fires +1 at m >= up
  'down', // [channels]: fires -1 at m <= down
  'lossDown', // [channels]: what a spike of -1 gives back (leaky)
  'masks', // [images, positions, steps, words, planes]: which channels fired
  'currents', // [images, positions, steps, channels], 0: not wanted
  'membranes', // the same for v after the step, 0: not wanted
  'scratch', // int8: INTEGER_BLOCK_BYTES for each lane: the currents of a block
  'overloads', // [tasks]: neuron-steps with abs(I) > theta, added to
  'groups', // number of synapse groups
  'firstGroup', // address of their descriptors, which lie end to end
] as const;

export type LayerField = (typeof LAYER_FIELDS)[number];

/** What becomes of a current: it is stored, added to v, or makes spikes by one of the rules of fire.ts. */
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

/** The modes that the integer kernel has too. */
export const INTEGER_MODES: readonly number[] = [
  Mode.fire,
  Mode.trace,
  Mode.accumulate,
  Mode.rest,
  Mode.release,
];

/** Bytes of a block's numbers in float32: 8 registers of 4 channels. */
export const BLOCK_BYTES = 128;
/** Bytes of a block's numbers in int32: 64 channels. */
export const INTEGER_BLOCK_BYTES = 256;
