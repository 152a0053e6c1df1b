/**
 * @file The loop under every kernel that is bound by memory: a run of floats, column by column of its period,
 * four periods at a time, so that what a column needs (its parameters, its sums) is loaded once for four vectors.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type Operand,
  type Statement,
  v128,
} from '../assembler/assembler.ts';

/** How memory is read and written: four floats at a time, or one at the end of the run. */
export interface Access {
  load(address: Operand<'i32'>): Expression<'v128'>;
  store(address: Operand<'i32'>, value: Expression<'v128'>): Statement;
}

export const FOUR: Access = {
  load: (address) => v128.load(address),
  store: (address, value) => v128.store(address, value),
};
export const ONE: Access = {
  load: (address) => v128.load32_zero(address),
  store: (address, value) => v128.store32_lane(address, value, 0),
};

/** The body of the loop; offsets are in bytes. */
export interface Columns {
  /** Before the periods of a column, `c` bytes from the period's begin. */
  begin?(access: Access, c: Local<'i32'>): void;
  /** One vector, `at` bytes from the run's begin. */
  step(access: Access, at: Local<'i32'>): void;
  end?(access: Access, c: Local<'i32'>): void;
}

/** Periods of one round: what a column needs is loaded once for this many vectors. */
const PERIODS = 4;

/** Writes the loop over the run's bytes from .. to; `from` is a multiple of the period. */
export function periodicLoop(
  f: FunctionBuilder,
  from: Operand<'i32'>,
  to: Local<'i32'>,
  period: Local<'i32'>,
  columns: Columns,
): void {
  const start = f.local('i32', from);
  const [at, c, bytes] = f.locals(3, 'i32');
  const column = (access: Access, periods: number): void => {
    columns.begin?.(access, c);
    f.set(at, i32.add(start, c));
    for (let p = 0; p < periods; p++) {
      if (p > 0) f.advance(at, period);
      columns.step(access, at);
    }
    columns.end?.(access, c);
  };
  for (const periods of [PERIODS, 1]) {
    f.set(bytes, i32.mul(period, periods));
    f.while(i32.le_u(i32.add(start, bytes), to), () => {
      f.for(c, 0, period, 16, () => column(FOUR, periods));
      f.advance(start, bytes);
    });
  }
  f.set(bytes, i32.sub(to, start));
  f.for(c, 0, i32.sub(bytes, 15), 16, () => column(FOUR, 1));
  f.while(i32.lt_u(c, bytes), () => {
    column(ONE, 1);
    f.advance(c, 4);
  });
}

/** The first parameters of every entry that works chunk by chunk, in bytes (`chunkSizes` in period.ts). */
export const CHUNK = ['total', 'chunk', 'period'] as const;

/** The bytes from .. to of a chunk. */
export function chunkBounds(
  f: FunctionBuilder,
  task: Local<'i32'>,
  total: Local<'i32'>,
  chunk: Local<'i32'>,
): { from: Local<'i32'>; to: Local<'i32'> } {
  const from = f.let(i32.mul(task, chunk));
  const to = f.let(i32.sub(total, from));
  f.set(to, i32.add(from, i32.min_u(to, chunk)));
  return { from, to };
}
