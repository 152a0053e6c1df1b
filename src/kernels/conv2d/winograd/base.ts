/**
 * @file What the tasks of a minimal-filtering scheme share.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
} from '../../assembler/assembler.ts';
import { GAP } from '../../cache.ts';
import { defineClear } from '../../gemm/pack.ts';
import { defineTurn, type Turn } from '../weights.ts';
import type { Scheme } from './scheme.ts';
import { defineSteps, headBytes, type Steps } from './steps.ts';

export interface Base {
  readonly builder: ModuleBuilder;
  readonly step: Steps;
  readonly turn: Turn;
  readonly clear: NamedCall<'pointer' | 'bytes'>;
  readonly points: number;
  readonly taps: number;
  /** Bytes at the begin of every lane's scratch. */
  readonly head: number;
}

export function defineBase(builder: ModuleBuilder, scheme: Scheme, relaxed: boolean): Base {
  const { table, temporary } = headBytes(scheme);
  const clear = defineClear(builder, 'zeros');
  return {
    builder,
    step: defineSteps(builder, scheme, relaxed),
    turn: defineTurn(builder),
    clear,
    points: scheme.points ** 2,
    taps: scheme.taps ** 2,
    head: table + temporary,
  };
}

/** Bytes of this many floats. */
export const bytesOf = (f: FunctionBuilder, floats: Local<'i32'>): Local<'i32'> => f.let(i32.shl(floats, 2));

/** Bytes from point to point of a block of rows (tiles or in channels), `stride` bytes apart. */
export const pointBytes = (f: FunctionBuilder, rows: Local<'i32'>, stride: Local<'i32'>): Local<'i32'> =>
  f.let(i32.add(i32.mul(rows, stride), GAP));

/** The first address after `points` points that begin at `start`. */
export const after = (
  f: FunctionBuilder,
  start: Local<'i32'>,
  point: Local<'i32'>,
  points: number,
): Local<'i32'> => f.let(i32.add(start, i32.mul(point, points)));

/** Bytes from the begin of a row to a channel. */
export const channelByte = (channel: Local<'i32'>): Expression<'i32'> => i32.shl(channel, 2);
