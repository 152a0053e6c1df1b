/** @file The list of weight rows that merge.ts has made for one position and step. */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
} from '../../../kernels/assembler/assembler.ts';
import { ROW_ENTRY_BYTES } from './layouts/group.ts';
import { group } from './reader.ts';

/** Positive spikes lie from `list` to `negatives`, negative ones from there to `end`. */
export interface RowList {
  readonly list: Local<'i32'>;
  readonly negatives: Local<'i32'>;
  readonly end: Local<'i32'>;
}

/** Bytes of this many entries. */
export const entryBytes = (entries: Expression<'i32'>): Expression<'i32'> =>
  i32.shl(entries, Math.log2(ROW_ENTRY_BYTES));

/** Where entry number `index` begins. */
export const rowEntry = (at: Local<'i32'>, index: Expression<'i32'>): Expression<'i32'> =>
  i32.add(group(at, 'rowEntries'), entryBytes(index));

export function readRowList(f: FunctionBuilder, at: Local<'i32'>, index: Local<'i32'>): RowList {
  const entry = f.let(rowEntry(at, index));
  const list = f.let(i32.load(entry));
  const negatives = f.let(i32.load(entry, 4));
  return { list, negatives, end: f.let(i32.load(entry, 8)) };
}

/** The weights of a block of output channels. */
export const blockWeights = (at: Local<'i32'>, block: Local<'i32'>): Expression<'i32'> =>
  i32.add(group(at, 'weights'), i32.mul(block, group(at, 'blockBytes')));
