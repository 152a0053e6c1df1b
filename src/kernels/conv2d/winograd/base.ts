/**
 * @file What the tasks of a minimal-filtering scheme share.
 */
import {
  type Call,
  type Expression,
  type FunctionBuilder,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  type Operand,
  select,
  v128,
} from '../../assembler/assembler.ts';
import { defineTurn, type Turn } from '../weights.ts';
import type { Scheme } from './scheme.ts';
import { defineSteps, headBytes, type Steps } from './steps.ts';

type I = Local<'i32'>;

export interface Base {
  readonly builder: ModuleBuilder;
  readonly step: Steps;
  readonly turn: Turn;
  /** (pointer, bytes): zeros. */
  readonly clear: Call<readonly ['i32', 'i32'], 'none'>;
  readonly points: number;
  readonly taps: number;
  /** Bytes at the begin of every lane's scratch. */
  readonly head: number;
}

export function defineBase(builder: ModuleBuilder, scheme: Scheme, relaxed: boolean): Base {
  const { table, temporary } = headBytes(scheme);
  const clear = builder.define('zeros', ['i32', 'i32'], 'none', (f, pointer, bytes) => {
    f.set(bytes, i32.add(pointer, bytes));
    f.while(i32.lt_u(pointer, bytes), () => {
      f.do(v128.store(pointer, f32x4Constant(0)));
      f.advance(pointer, 16);
    });
  });
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

export const least = (a: Operand<'i32'>, b: Operand<'i32'>): Expression<'i32'> =>
  select('i32', a, b, i32.lt_s(a, b));

/** The lane's own scratch. */
export const scratch = (f: FunctionBuilder, p: { scratch: I; lane: I; bytes: I }): I =>
  f.local('i32', i32.add(p.scratch, i32.mul(p.lane, p.bytes)));

/** Bytes of so many floats. */
export const bytes = (f: FunctionBuilder, count: I): I => f.local('i32', i32.shl(count, 2));
