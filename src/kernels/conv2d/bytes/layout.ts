/** @file How weights of bytes lie for the convolution of bytes: panels of eight out channels, four inputs of each side by side. */
import type { Heap } from '../../../memory/heap.ts';
import { roundUp } from '../../round-up.ts';

/** Out channels of a panel. */
export const PANEL = 8;
/** Inputs that an instruction multiplies and adds up. */
export const INPUTS = 4;

/** The sizes of weights [kernelHeight, kernelWidth, ins, outs]. */
export interface ByteWeights {
  readonly taps: number;
  readonly ins: number;
  readonly outs: number;
}

export const byteWeightBytes = ({ taps, ins, outs }: ByteWeights): number =>
  taps * roundUp(ins, INPUTS) * roundUp(outs, PANEL);

/** Stores weights, whole numbers from -127 to 127, at `pointer`, with zeros where there is no channel. */
export function packByteWeights(
  heap: Heap,
  pointer: number,
  weight: ArrayLike<number>,
  { taps, ins, outs }: ByteWeights,
): void {
  const channels = roundUp(ins, INPUTS);
  const to = new Int8Array(heap.memory.buffer, pointer, byteWeightBytes({ taps, ins, outs })).fill(0);
  for (let tap = 0; tap < taps; tap++)
    for (let c = 0; c < ins; c++)
      for (let out = 0; out < outs; out++) {
        const input = tap * channels + c;
        const panel = Math.floor(out / PANEL) * taps * channels * PANEL;
        const four = Math.floor(input / INPUTS) * INPUTS * PANEL + (out % PANEL) * INPUTS;
        to[panel + four + (input % INPUTS)] = weight[(tap * ins + c) * outs + out]!;
      }
}

/**
 * Stores what sums start at where every input is `offset` higher than what it stands for, as int32: -offset times the sum of the
 * weights of each out channel.
 */
export function packFirstSums(
  heap: Heap,
  pointer: number,
  weight: ArrayLike<number>,
  { outs }: ByteWeights,
  offset: number,
): void {
  const to = heap.i32(pointer, roundUp(outs, PANEL)).fill(0);
  for (let i = 0; i < weight.length; i++) to[i % outs] = to[i % outs]! - offset * weight[i]!;
}
