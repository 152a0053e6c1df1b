/**
 * @file Sums over rows whose order is fixed: float32 within a chunk, float64 over the chunks.
 * Partial sums: [chunks, kinds, period] float32; totals: [kinds, period] float64.
 */

import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import {
  defineTask,
  type FunctionBuilder,
  f32x4Constant,
  f64x2,
  i32,
  type Local,
  ModuleBuilder,
  v128,
} from '../assembler/assembler.ts';
import type { Floats } from '../kernels.ts';
import { loadedOnce } from '../loaded-once.ts';
import type { Period } from './period.ts';
import type { Access } from './periodic-loop.ts';
import { runChunks } from './run-chunks.ts';

/** Columns that one task adds up: a multiple of 4. */
const BLOCK = 64;
/** Fewer numbers than this are added up before another thread would have woken up. */
const FEW = 8192;

/** Writes: the addresses of a chunk's own sums of each kind, all of them 0. */
export function clearedSums<const Kind extends string>(
  f: FunctionBuilder,
  { sums, task, period }: Readonly<Record<'sums' | 'task' | 'period', Local<'i32'>>>,
  kinds: readonly Kind[],
): Readonly<Record<Kind, Local<'i32'>>> {
  const bytes = f.let(i32.mul(period, kinds.length));
  const own = f.let(i32.add(sums, i32.mul(task, bytes)));
  const at = f.local('i32');
  f.for(at, 0, bytes, 16, () => f.do(v128.store(i32.add(own, at), f32x4Constant(0))));
  const addresses = kinds.map((kind, k) => [kind, f.let(i32.add(own, i32.mul(period, k)))] as const);
  return Object.fromEntries(addresses) as Record<Kind, Local<'i32'>>;
}

/** Running sums of one column, in locals while the column is worked on. */
export class ColumnSums<Kind extends string> {
  readonly values: Readonly<Record<Kind, Local<'v128'>>>;
  readonly #f: FunctionBuilder;
  readonly #pairs: readonly (readonly [sum: Local<'v128'>, address: Local<'i32'>])[];

  constructor(f: FunctionBuilder, addresses: Readonly<Record<Kind, Local<'i32'>>>) {
    const kinds = Object.keys(addresses) as Kind[];
    const sums = f.locals(kinds.length, 'v128');
    this.#f = f;
    this.#pairs = kinds.map((kind, k) => [sums[k]!, addresses[kind]]);
    this.values = Object.fromEntries(kinds.map((kind, k) => [kind, sums[k]])) as Record<Kind, Local<'v128'>>;
  }

  begin(access: Access, c: Local<'i32'>): void {
    for (const [sum, address] of this.#pairs) this.#f.set(sum, access.load(i32.add(address, c)));
  }

  end(access: Access, c: Local<'i32'>): void {
    for (const [sum, address] of this.#pairs) this.#f.do(access.store(i32.add(address, c), sum));
  }
}

const TOTALS = ['sums', 'chunks', 'columns', 'totals'] as const;

function totalsModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineTask(builder, 'totals', TOTALS, (f, { task, sums, chunks, columns, totals }) => {
    const c = f.let(i32.mul(task, BLOCK));
    const end = f.let(i32.add(c, BLOCK));
    f.set(end, i32.min_u(end, columns));
    const [at, chunk] = f.locals(2, 'i32');
    const [low, high, value] = f.locals(3, 'v128');
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

const totalsProgram = loadedOnce(totalsModule);

export function createSums(arena: Arena, team: Team): Sums {
  const { heap } = arena;
  const program = totalsProgram(heap, team);
  return {
    allocate: (period, kinds) => arena.allocate(4 * period.chunks * kinds * period.floats),
    total(sums, period, kinds) {
      const columns = kinds * period.floats;
      const at = arena.allocate(8 * columns);
      const few = period.chunks * columns < FEW;
      const tasks = Math.ceil(columns / BLOCK);
      const args = [sums, period.chunks, columns, at];
      if (few) for (let task = 0; task < tasks; task++) program.exports.totals!(task, 0, ...args);
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
