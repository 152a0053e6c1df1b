/**
 * @file Element-wise programs on SIMD lanes and threads: one kernel per program and pattern of broadcasting, made when first used.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Program as LoadedProgram, Team } from '../../memory/team.ts';
import type { Floats, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import type { MapProgram } from './program.ts';
import type { Rows } from './rows.ts';
import { mapModule } from './simd-map.ts';

/** Values that one task computes, at least. */
const TASK = 16384;

export function createMap(arena: Arena, team: Team): Kernels['map'] {
  const { heap } = arena;
  const made = new WeakMap<MapProgram, Map<string, LoadedProgram>>();

  const kernelOf = (program: MapProgram, single: readonly boolean[]): LoadedProgram => {
    const variants = made.get(program) ?? new Map<string, LoadedProgram>();
    made.set(program, variants);
    const key = single.map(Number).join('');
    const kernel = variants.get(key) ?? team.load(mapModule(program.for('float32'), single, heap.shared));
    variants.set(key, kernel);
    return kernel;
  };

  return (program: MapProgram, inputs: readonly Floats[], outputs: readonly Floats[], rows: Rows): void => {
    if (rows.total === 0) return;
    const used = program.for('float32').inputs;
    const operands = used.map((input) => rows.operands[input]!);
    const kernel = kernelOf(
      program,
      operands.map(({ single }) => single),
    );
    const mark = arena.mark();
    const table = arena.allocate(4 * rows.count * used.length);
    const addresses = heap.i32(table, rows.count * used.length);
    operands.forEach(({ offsets }, i) => {
      const from = pointer(heap, inputs[used[i]!]!);
      for (let row = 0; row < rows.count; row++) addresses[row * used.length + i] = from + 4 * offsets[row]!;
    });
    const rowsPerTask = Math.max(1, Math.floor(TASK / rows.length));
    const sizes = [table, rows.count, rowsPerTask, rows.length, rows.total];
    const pointers = outputs.map((output) => pointer(heap, output));
    runChunks(team, kernel, 'map', Math.ceil(rows.count / rowsPerTask), [...sizes, ...pointers]);
    arena.release(mark);
  };
}
