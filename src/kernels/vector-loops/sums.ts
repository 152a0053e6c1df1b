/**
 * @file Sums over rows whose order is fixed: float32 within a chunk, float64 over the chunks.
 * Partial sums: [chunks, kinds, period] float32; totals: [kinds, period] float64.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Program, Team } from '../../memory/team.ts';
import {
  type FunctionBuilder,
  f32x4Constant,
  f64x2,
  i32,
  type Local,
  ModuleBuilder,
  select,
  v128,
} from '../assembler/assembler.ts';
import type { Floats } from '../kernels.ts';
import type { Period } from './period.ts';
import type { Access } from './periodic-loop.ts';
import { runChunks } from './run-chunks.ts';

/** Columns that one task adds up. */
const BLOCK = 64;

/** Writes: the address of a chunk's own sums, all of them 0. */
export function clearedSums(
  f: FunctionBuilder,
  sums: Local<'i32'>,
  task: Local<'i32'>,
  period: Local<'i32'>,
  kinds: number,
): Local<'i32'>[] {
  const bytes = f.local('i32', i32.mul(period, kinds));
  const own = f.local('i32', i32.add(sums, i32.mul(task, bytes)));
  const at = f.local('i32');
  f.for(at, 0, bytes, 16, () => f.do(v128.store(i32.add(own, at), f32x4Constant(0))));
  return Array.from({ length: kinds }, (_, kind) => f.local('i32', i32.add(own, i32.mul(period, kind))));
}

/** Running sums of one column, in locals while the column is worked on. */
export class ColumnSums {
  readonly values: Local<'v128'>[];
  readonly #f: FunctionBuilder;
  readonly #own: Local<'i32'>[];

  constructor(f: FunctionBuilder, own: Local<'i32'>[]) {
    this.#f = f;
    this.#own = own;
    this.values = f.locals(own.length, 'v128');
  }

  begin(access: Access, c: Local<'i32'>): void {
    this.values.forEach((value, kind) => {
      this.#f.set(value, access.load(i32.add(this.#own[kind]!, c)));
    });
  }

  end(access: Access, c: Local<'i32'>): void {
    this.values.forEach((value, kind) => {
      this.#f.do(access.store(i32.add(this.#own[kind]!, c), value));
    });
  }
}

function totalsModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  builder.define('totals', parameters, 'none', (f, task, _lane, sums, chunks, columns, totals) => {
    const c = f.local('i32', i32.mul(task, BLOCK));
    const end = f.local('i32', i32.add(c, BLOCK));
    f.set(end, select('i32', end, columns, i32.lt_u(end, columns)));
    const [at, chunk] = [f.local('i32'), f.local('i32')];
    const [low, high, value] = [f.local('v128'), f.local('v128'), f.local('v128')];
    f.for(c, c, end, 4, () => {
      f.set(at, i32.add(sums, i32.shl(c, 2)));
      f.set(low, f32x4Constant(0));
      f.set(high, f32x4Constant(0));
      f.for(chunk, 0, chunks, 1, () => {
        f.set(value, v128.load(at));
        f.set(low, f64x2.add(low, f64x2.promote_low_f32x4(value)));
        f.set(high, f64x2.add(high, f64x2.promote_low_f32x4(v128.load64_zero(at, 8))));
        f.advance(at, i32.shl(columns, 2));
      });
      f.do(v128.store(i32.add(totals, i32.shl(c, 3)), low));
      f.do(v128.store(i32.add(totals, i32.shl(c, 3)), high, 16));
    });
  });
  return builder.bytes();
}

/** Totals per channel of what the chunks summed. */
export interface Sums {
  /** Memory for the partial sums of all chunks. */
  allocate(period: Period, kinds: number): number;
  /** [kinds, channels], in the arena until its release. */
  total(sums: number, period: Period, kinds: number): Float64Array<ArrayBufferLike>;
}

/** dtheta from the sums per channel: as they are, or all of them together for a theta of length 1. */
export function perTheta(sums: Float64Array<ArrayBufferLike>, channels: number, dtheta: Floats): void {
  if (dtheta.length > 1) for (let c = 0; c < channels; c++) dtheta[c] = sums[c]!;
  else {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += sums[c]!;
    dtheta[0] = sum;
  }
}

const programs = new WeakMap<Team, Program>();

export function createSums(arena: Arena, team: Team): Sums {
  const { heap } = arena;
  const program = programs.get(team) ?? team.load(totalsModule(heap.shared));
  programs.set(team, program);
  return {
    allocate: (period, kinds) => arena.allocate(4 * period.chunks * kinds * period.floats),
    total(sums, period, kinds) {
      const columns = kinds * period.floats;
      const at = arena.allocate(8 * columns);
      const work = period.chunks * columns < 8192 ? 1 : 0;
      const tasks = Math.ceil(columns / BLOCK);
      const args = [sums, period.chunks, columns, at];
      if (work) for (let task = 0; task < tasks; task++) program.exports.totals!(task, 0, ...args);
      else runChunks(team, program, 'totals', tasks, args);
      const totals = heap.f64(at, columns);
      foldPeriods(totals, period, kinds);
      return totals;
    },
  };
}

/** Adds the rows of a period up; the sums of kind k then begin at k * channels. */
export function foldPeriods(totals: Float64Array<ArrayBufferLike>, period: Period, kinds: number): void {
  const { channels, repeat, floats } = period;
  for (let kind = 0; kind < kinds; kind++) {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (let r = 0; r < repeat; r++) sum += totals[kind * floats + r * channels + c]!;
      totals[kind * channels + c] = sum;
    }
  }
}
