/**
 * @file A bias for every row, and the sum of all rows, by SIMD on all workers. x, y: [rows, channels].
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { defineTask, f32x4, i32, ModuleBuilder } from '../assembler/assembler.ts';
import type { Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { chunkSizes, periodOf, tiled } from '../vector-loops/period.ts';
import { CHUNK, chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import { ColumnSums, clearedSums, createSums } from '../vector-loops/sums.ts';

function rowsModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineTask(builder, 'add bias', [...CHUNK, 'x', 'bias', 'y'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const b = f.local('v128');
    periodicLoop(f, from, to, p.period, {
      begin: (access, c) => f.set(b, access.load(i32.add(p.bias, c))),
      step: (access, at) => f.do(access.store(i32.add(p.y, at), f32x4.add(access.load(i32.add(p.x, at)), b))),
    });
  });
  defineTask(builder, 'sum rows', [...CHUNK, 'x', 'sums'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const columns = new ColumnSums(f, clearedSums(f, p, ['sum']));
    const { sum } = columns.values;
    periodicLoop(f, from, to, p.period, {
      begin: (access, c) => columns.begin(access, c),
      step: (access, at) => f.set(sum, f32x4.add(sum, access.load(i32.add(p.x, at)))),
      end: (access, c) => columns.end(access, c),
    });
  });
  return builder.bytes();
}

export function createRows(arena: Arena, team: Team): Pick<Kernels, 'addBias' | 'sumRows'> {
  const { heap } = arena;
  const program = team.load(rowsModule(heap.shared));
  const partial = createSums(arena, team);
  return {
    addBias(x, bias, y, shape) {
      const period = periodOf(shape);
      const mark = arena.mark();
      const buffers = [pointer(heap, x), tiled(arena, bias, period), pointer(heap, y)];
      runChunks(team, program, 'add bias', period.chunks, [...chunkSizes(period), ...buffers]);
      arena.release(mark);
    },
    sumRows(x, sums, shape) {
      const period = periodOf(shape);
      const mark = arena.mark();
      const parts = partial.allocate(period, 1);
      const buffers = [pointer(heap, x), parts];
      runChunks(team, program, 'sum rows', period.chunks, [...chunkSizes(period), ...buffers]);
      const totals = partial.total(parts, period, 1);
      for (let c = 0; c < shape.channels; c++) sums[c] = totals[c]!;
      arena.release(mark);
    },
  };
}
