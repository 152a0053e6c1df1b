/** @file Where the numbers of a block are in the integer kernel, at one position and step. */
import { type Expression, i32, type Local } from '../../../kernels/assembler/assembler.ts';
import { layer } from './reader.ts';
import type { Part, Visit } from './scan.ts';

export interface IntegerBlock {
  readonly part: Part;
  readonly now: Visit;
  /** Address of the currents, in the lane's scratch memory. */
  readonly current: Local<'i32'>;
  /** Eight channels each. */
  readonly registers: number;
}

/** Offsets of the vectors of four int32. */
export const quadsOf = (registers: number): readonly number[] =>
  Array.from({ length: registers * 2 }, (_, q) => q * 16);

/** Words of masks that a block covers: one or two of 32 channels. */
export const halvesOf = (registers: number): readonly number[] => (registers > 4 ? [0, 1] : [0]);

/** The number of a block's first word of masks; a block covers two, each with a plane of +1 and one of -1. */
export const firstWord = (index: Expression<'i32'>, { at, block }: Part): Expression<'i32'> =>
  i32.shl(i32.add(i32.mul(index, layer(at, 'words')), i32.shl(block, 1)), 3);
