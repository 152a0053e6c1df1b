/** @file Pools of square windows side by side, by SIMD on all workers. */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import { inOrder, ModuleBuilder } from '../assembler/assembler.ts';
import type { Floats, Kernels, PoolShape } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { cached } from '../vector-loops/cached.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';
import { POOL, poolTasks } from './loop.ts';
import { defineMaxima } from './max.ts';
import { defineMeans } from './mean.ts';

function poolModule(shared: boolean, size: number): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  defineMeans(builder, size);
  defineMaxima(builder, size);
  return builder.bytes();
}

export function createPool(
  arena: Arena,
  team: Team,
): Pick<Kernels, 'avgPool' | 'avgPoolBackward' | 'maxPool' | 'maxPoolBackward'> {
  const { heap } = arena;
  const programFor = cached(String, (size: number) => team.load(poolModule(heap.shared, size)));
  const run = (entry: string, xs: Floats, ys: Floats, shape: PoolShape, dxs = xs, dys = ys): void => {
    const { tasks, values } = poolTasks(shape);
    const [x, y] = [pointer(heap, xs), pointer(heap, ys)];
    const [toDx, toDy] = [pointer(heap, dxs) - x, pointer(heap, dys) - y];
    runChunks(team, programFor(shape.size), entry, tasks, inOrder(POOL, { ...values, x, y, toDx, toDy }));
  };
  return {
    avgPool: (x, y, shape) => run('mean', x, y, shape),
    avgPoolBackward(dy, dx, shape) {
      clearEdge(dx, shape);
      run('mean backward', dx, dy, shape);
    },
    maxPool: (x, y, shape) => run('max', x, y, shape),
    maxPoolBackward(x, y, dy, dx, shape) {
      clearEdge(dx, shape);
      run('max backward', x, y, shape, dx, dy);
    },
  };
}

/** Pixels that lie in no window have no gradient. */
function clearEdge(dx: Floats, { inHeight, inWidth, size }: PoolShape): void {
  if (inHeight % size !== 0 || inWidth % size !== 0) dx.fill(0);
}
