/**
 * @file Sums, largest and smallest values along an axis, on SIMD lanes and threads.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { inOrder } from '../assembler/assembler.ts';
import type { Floats, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import { reduce as reference } from './reference.ts';
import { chunkLength, type ReduceShape, type Reduction } from './shape.ts';
import { REDUCE, reduceModule } from './simd-module.ts';

/** Values that one task reduces, at least. */
const TASK = 16384;

export function createReduce(arena: Arena, team: Team): Pick<Kernels, 'reduce'> {
  const { heap } = arena;
  const program = team.load(reduceModule(heap.shared));
  return {
    reduce(kind: Reduction, x: Floats, y: Floats, shape: ReduceShape): void {
      const { outer, length, inner } = shape;
      if (outer * length * inner === 0) {
        reference(kind, x, y, shape);
        return;
      }
      const chunk = chunkLength(shape);
      const chunks = Math.ceil(length / chunk);
      const items = outer * chunks;
      const itemsPerTask = Math.max(1, Math.floor(TASK / (Math.min(chunk, length) * inner)));
      const mark = arena.mark();
      const parts = arena.allocate((kind === 'sum' ? 8 : 4) * items * inner);
      const from = pointer(heap, x);
      const values = { x: from, parts, items, itemsPerTask, chunks, length, chunk, inner };
      runChunks(team, program, kind, Math.ceil(items / itemsPerTask), inOrder(REDUCE, values));
      const found = kind === 'sum' ? heap.f64(parts, items * inner) : heap.f32(parts, items * inner);
      together(kind, found, y, chunks, inner);
      arena.release(mark);
    },
  };
}

/** parts: [outer, chunks, inner]; y: [outer, inner]. */
function together(kind: Reduction, parts: Floats, y: Floats, chunks: number, inner: number): void {
  if (chunks === 1) {
    y.set(parts);
    return;
  }
  const better = { sum: (a: number, b: number) => a + b, max: Math.max, min: Math.min }[kind];
  for (let i = 0; i < y.length; i++) {
    const first = Math.floor(i / inner) * chunks * inner + (i % inner);
    let value = parts[first]!;
    for (let c = 1; c < chunks; c++) value = better(value, parts[first + c * inner]!);
    y[i] = value;
  }
}
