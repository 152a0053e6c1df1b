/**
 * @file The clipped activations by SIMD on all workers. x, y, dy, dx: [rows, channels]; theta: [1] or [channels].
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { defineTask, f32x4, i32, ModuleBuilder } from '../assembler/assembler.ts';
import type { Clip, Kernels } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { cached } from '../vector-loops/cached.ts';
import { chunkSizes, periodOf, tiled } from '../vector-loops/period.ts';
import { CHUNK, chunkBounds, periodicLoop } from '../vector-loops/periodic-loop.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import { ColumnSums, clearedSums, createSums, perTheta } from '../vector-loops/sums.ts';
import { ClipCode, clipKey } from './clip-code.ts';

function clipModule(shared: boolean, clip: Clip): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineTask(builder, 'clip', [...CHUNK, 'x', 'theta', 'y'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const value = f.local('v128');
    const activation = new ClipCode(f, clip);
    periodicLoop(f, from, to, p.period, {
      begin: (access, c) => activation.begin(access.load(i32.add(p.theta, c))),
      step(access, at) {
        f.set(value, access.load(i32.add(p.x, at)));
        activation.value(value, value);
        f.do(access.store(i32.add(p.y, at), value));
      },
    });
  });
  defineTask(builder, 'clip backward', [...CHUNK, 'x', 'theta', 'dy', 'dx', 'sums'], (f, p) => {
    const { from, to } = chunkBounds(f, p.task, p.total, p.chunk);
    const columns = new ColumnSums(f, clearedSums(f, p, ['dtheta']));
    const { dtheta } = columns.values;
    const activation = new ClipCode(f, clip);
    const [value, upstream, term] = f.locals(3, 'v128');
    periodicLoop(f, from, to, p.period, {
      begin(access, c) {
        activation.begin(access.load(i32.add(p.theta, c)));
        columns.begin(access, c);
      },
      step(access, at) {
        f.set(value, access.load(i32.add(p.x, at)));
        f.set(upstream, access.load(i32.add(p.dy, at)));
        activation.gradient(value, upstream, upstream, term);
        f.set(dtheta, f32x4.add(dtheta, term));
        f.do(access.store(i32.add(p.dx, at), upstream));
      },
      end: (access, c) => columns.end(access, c),
    });
  });
  return builder.bytes();
}

export function createClip(arena: Arena, team: Team): Pick<Kernels, 'clip' | 'clipBackward'> {
  const { heap } = arena;
  const programFor = cached(clipKey, (clip: Clip) => team.load(clipModule(heap.shared, clip)));
  const partial = createSums(arena, team);
  return {
    clip(x, { clip, theta }, y, shape) {
      const period = periodOf(shape);
      const mark = arena.mark();
      const args = [...chunkSizes(period), pointer(heap, x), tiled(arena, theta, period), pointer(heap, y)];
      runChunks(team, programFor(clip), 'clip', period.chunks, args);
      arena.release(mark);
    },
    clipBackward(x, { clip, theta }, dy, dx, dtheta, shape) {
      const period = periodOf(shape);
      const mark = arena.mark();
      const sums = partial.allocate(period, 1);
      const limits = tiled(arena, theta, period);
      const buffers = [pointer(heap, x), limits, pointer(heap, dy), pointer(heap, dx), sums];
      runChunks(team, programFor(clip), 'clip backward', period.chunks, [...chunkSizes(period), ...buffers]);
      perTheta(partial.total(sums, period, 1), shape.channels, dtheta);
      arena.release(mark);
    },
  };
}
