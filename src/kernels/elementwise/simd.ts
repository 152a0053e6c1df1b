/**
 * @file y = a + b and y = a * b on SIMD lanes and threads. a, b, y: [any], y may be a or b.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { f32x4, i32, ModuleBuilder } from '../assembler/assembler.ts';
import type { Floats, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { chunkSizes, flatPeriod } from '../vector-loops/period.ts';
import { chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';

const OPERATIONS = { add: f32x4.add, multiply: f32x4.mul } as const;

function elementwiseModule(shared: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  for (const [name, apply] of Object.entries(OPERATIONS)) {
    builder.define(name, parameters, 'none', (f, task, _lane, total, chunk, period, a, b, y) => {
      const { from, to } = chunkBounds(f, task, total, chunk);
      periodicLoop(f, from, to, period, {
        step: (access, at) =>
          f.do(access.store(i32.add(y, at), apply(access.load(i32.add(a, at)), access.load(i32.add(b, at))))),
      });
    });
  }
  return builder.bytes();
}

export function createElementwise(arena: Arena, team: Team): Pick<Kernels, 'add' | 'multiply'> {
  const { heap } = arena;
  const program = team.load(elementwiseModule(heap.shared));
  const kernel =
    (entry: keyof typeof OPERATIONS) =>
    (a: Floats, b: Floats, y: Floats): void => {
      const period = flatPeriod(y.length);
      const buffers = [pointer(heap, a), pointer(heap, b), pointer(heap, y)];
      runChunks(team, program, entry, period.chunks, [...chunkSizes(period), ...buffers]);
    };
  return { add: kernel('add'), multiply: kernel('multiply') };
}
