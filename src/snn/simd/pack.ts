/**
 * @file Packs weights in the order in which the kernels read them: blocks of output channels, then taps, then input channels; a
 * row is the weights of one input to the block. A block is eight registers: 32 channels of float32, or 64 whose sums are int16.
 */
import type { Heap } from '../../memory/heap.ts';
import type { ScaledSynapses } from '../geometry.ts';
import { isDepthwise } from './row-memory.ts';

export type Precision = 'float32' | 'int8';

export interface Blocks {
  readonly precision: Precision;
  /** Channels in a full block. */
  readonly width: number;
  readonly count: number;
  /** Registers in the last block, 1..8. */
  readonly tailRegisters: number;
  /** Channels, padding included. */
  readonly padded: number;
  /** Words of masks for all channels, 32 to a word. */
  readonly words: number;
}

export function blocksOf(channels: number, precision: Precision = 'float32'): Blocks {
  const elements = precision === 'int8' ? 8 : 4; // of a register
  const width = elements * 8;
  const count = Math.ceil(channels / width);
  const tailRegisters = Math.ceil((channels - (count - 1) * width) / elements);
  const padded = (count - 1) * width + tailRegisters * elements;
  return { precision, width, count, tailRegisters, padded, words: Math.ceil(channels / 32) };
}

/** The bytes of packed weights; an identity has one row of int32 or float32, channels by themselves one for each tap. */
export function weightBytes(synapses: ScaledSynapses, blocks: Blocks): number {
  const rows = synapses.weight.length / synapses.out[2];
  return rows * blocks.padded * numberBytes(synapses, blocks);
}

/** The bytes from one full block's weights to the next. */
export function blockBytes(synapses: ScaledSynapses, blocks: Blocks): number {
  const rows = synapses.weight.length / synapses.out[2];
  return rows * blocks.width * numberBytes(synapses, blocks);
}

const numberBytes = (synapses: ScaledSynapses, blocks: Blocks): number =>
  hasBytes(synapses, blocks) ? 1 : 4;

/** In the integer kernel the weights of lists are bytes; those that masks select are as wide as the sums. */
const hasBytes = (synapses: ScaledSynapses, { precision }: Blocks): boolean =>
  precision === 'int8' && synapses.kind === 'weights' && !isDepthwise(synapses);

/** Packs weights at `pointer`, with zeros where there is no channel. */
export function packWeights(synapses: ScaledSynapses, blocks: Blocks, heap: Heap, pointer: number): void {
  const { weight } = synapses;
  const channels = synapses.out[2];
  const rows = weight.length / channels;
  const length = rows * blocks.padded;
  const integer = blocks.precision === 'int8';
  const to = !integer
    ? heap.f32(pointer, length)
    : hasBytes(synapses, blocks)
      ? new Int8Array(heap.memory.buffer, pointer, length)
      : heap.i32(pointer, length);
  for (let block = 0, at = 0; block < blocks.count; block++) {
    const first = block * blocks.width;
    const width = Math.min(blocks.width, blocks.padded - first);
    const used = Math.min(width, channels - first);
    for (let row = 0; row < rows; row++, at += width) {
      const from = row * channels + first;
      for (let c = 0; c < used; c++) to[at + c] = weight[from + c]!;
      for (let c = used; c < width; c++) to[at + c] = 0;
    }
  }
}

/** Larger than any potential on the int8 grid: such a neuron never fires. */
const NEVER = 2 ** 30;

/**
 * Stores the number of each channel times `scale`, and `padding` where there is no channel; a single number holds for all
 * channels. For the integer kernel they are rounded to whole numbers, away from 0.
 */
export function packChannels(
  heap: Heap,
  pointer: number,
  blocks: Blocks,
  numbers: {
    readonly values: ArrayLike<number>;
    readonly scale: number;
    readonly padding: number;
    readonly channels: number;
  },
): void {
  const { values, scale, padding, channels } = numbers;
  const integer = blocks.precision === 'int8';
  const to = integer ? heap.i32(pointer, blocks.padded) : heap.f32(pointer, blocks.padded);
  const whole = (x: number): number =>
    Math.max(-NEVER, Math.min(NEVER, x < 0 ? Math.floor(x) : Math.ceil(x)));
  for (let c = 0; c < blocks.padded; c++) {
    const value = c < channels ? values[values.length === 1 ? 0 : c]! * scale : padding;
    to[c] = integer ? whole(value) : value;
  }
}
