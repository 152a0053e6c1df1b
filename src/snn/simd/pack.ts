/**
 * @file Weights in the order that the gather reads them: blocks of up to 32 output channels, then taps, then input
 * channels; a row is one input's weights to the block.
 */
import type { Charged } from '../geometry.ts';

export const BLOCK = 32;

export interface Blocks {
  readonly count: number;
  /** Registers of the last block, 1..8. */
  readonly tailRegisters: number;
  /** Channels with padding. */
  readonly padded: number;
}

export function blocksOf(channels: number): Blocks {
  const count = Math.ceil(channels / BLOCK);
  const tailRegisters = Math.ceil((channels - (count - 1) * BLOCK) / 4);
  return { count, tailRegisters, padded: (count - 1) * BLOCK + tailRegisters * 4 };
}

/** Numbers of one full block's rows; every block but the last has as many. */
export const blockLength = (synapses: Charged): number =>
  synapses.kind === 'identity'
    ? BLOCK
    : synapses.kernelHeight * synapses.kernelWidth * synapses.map[2] * BLOCK;

/** to: [rows * padded channels], zero where there is no channel. */
export function packWeights(synapses: Charged, to: Float32Array<ArrayBufferLike>): void {
  const channels = synapses.out[2];
  const { count, padded } = blocksOf(channels);
  const rows = synapses.weight.length / channels;
  for (let block = 0, at = 0; block < count; block++) {
    const first = block * BLOCK;
    const width = Math.min(BLOCK, padded - first);
    const used = Math.min(width, channels - first);
    for (let row = 0; row < rows; row++, at += width) {
      const from = row * channels + first;
      for (let c = 0; c < used; c++) to[at + c] = synapses.weight[from + c]!;
      for (let c = used; c < width; c++) to[at + c] = 0;
    }
  }
}

/** Per-channel numbers padded with `rest`; one number is repeated. */
export function packChannels(
  values: ArrayLike<number>,
  channels: number,
  rest: number,
  to: Float32Array<ArrayBufferLike>,
): void {
  to.fill(rest);
  for (let c = 0; c < channels; c++) to[c] = values[values.length === 1 ? 0 : c]!;
}
