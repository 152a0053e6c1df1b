/**
 * @file Average pooling by SIMD on all workers. x: [batch, inHeight, inWidth, channels], windows size x size.
 * The window's size is part of the code. A task is a fixed number of rows of y, counted through the whole batch.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import {
  defineTask,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  inOrder,
  type Local,
  ModuleBuilder,
  type NamedLocals,
} from '../assembler/assembler.ts';
import type { Kernels, PoolShape } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { cached } from '../vector-loops/cached.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';

type I = Local<'i32'>;

/** Floats of x that a task reads: 64 KiB, far more work than handing it to another thread. */
const TASK_FLOATS = 16384;
/** Windows up to this size are unrolled. */
const UNROLLED = 4;

const POOL = [
  'rows', // of y, through the whole batch
  'taskRows',
  'outHeight',
  'outWidth',
  'inHeight',
  'inWidth',
  'channels',
  'x',
  'y',
] as const;
type Parameters = NamedLocals<(typeof POOL)[number] | 'task' | 'lane'>;

/** Writes the code that calls `visit` with the address of each pixel of a window, row by row. */
function windowLoop(
  f: FunctionBuilder,
  size: number,
  { corner, rowBytes, pixel }: Readonly<Record<'corner' | 'rowBytes' | 'pixel', I>>,
  visit: (at: I) => void,
): () => void {
  const [at, row, i, j] = f.locals(4, 'i32');
  const unrolled = (): void => {
    for (let r = 0; r < size; r++) {
      if (r > 0) f.advance(row, rowBytes);
      f.set(at, row);
      for (let s = 0; s < size; s++) {
        if (s > 0) f.advance(at, pixel);
        visit(at);
      }
    }
  };
  const looped = (): void =>
    f.for(i, 0, size, 1, () => {
      f.set(at, row);
      f.for(j, 0, size, 1, () => {
        visit(at);
        f.advance(at, pixel);
      });
      f.advance(row, rowBytes);
    });
  return () => {
    f.set(row, corner);
    if (size <= UNROLLED) unrolled();
    else looped();
  };
}

function poolModule(shared: boolean, size: number): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  for (const name of ['pool', 'pool backward'] as const)
    defineTask(builder, name, POOL, (f, p) => writePool(f, p, size, name));
  return builder.bytes();
}

/** A task's rows of y: each window of x to its mean, or backwards the mean's gradient to each pixel of the window. */
function writePool(f: FunctionBuilder, p: Parameters, size: number, name: 'pool' | 'pool backward'): void {
  const { rows, outHeight, outWidth, x, y } = p;
  const area = f32x4Constant(size * size);
  const pixel = f.let(i32.shl(p.channels, 2));
  const rowBytes = f.let(i32.mul(p.inWidth, pixel));
  const [row, end, column, c, left, corner, from, to] = f.locals(8, 'i32');
  const value = f.local('v128');
  let access: Access = FOUR;
  const eachPixel = windowLoop(f, size, { corner, rowBytes, pixel }, (at) => {
    if (name === 'pool') f.set(value, f32x4.add(value, access.load(at)));
    else f.do(access.store(at, value));
  });
  const compute = (width: Access): void => {
    access = width;
    f.set(corner, i32.add(left, c));
    if (name === 'pool') {
      f.set(value, f32x4Constant(0));
      eachPixel();
      f.do(access.store(i32.add(to, c), f32x4.div(value, area)));
    } else {
      f.set(value, f32x4.div(access.load(i32.add(to, c)), area));
      eachPixel();
    }
  };
  f.set(row, i32.mul(p.task, p.taskRows));
  f.set(end, i32.add(row, p.taskRows));
  f.set(end, i32.min_u(end, rows));
  f.set(to, i32.add(y, i32.mul(row, i32.mul(outWidth, pixel))));
  f.for(row, row, end, 1, () => {
    f.set(from, i32.mul(i32.div_u(row, outHeight), p.inHeight));
    f.advance(from, i32.mul(i32.rem_u(row, outHeight), size));
    f.set(left, i32.add(x, i32.mul(from, rowBytes)));
    f.for(column, 0, outWidth, 1, () => {
      f.for(c, 0, i32.sub(pixel, 15), 16, () => compute(FOUR));
      f.while(i32.lt_s(c, pixel), () => {
        compute(ONE);
        f.advance(c, 4);
      });
      f.advance(to, pixel);
      f.advance(left, i32.mul(pixel, size));
    });
  });
}

export function createPool(arena: Arena, team: Team): Pick<Kernels, 'avgPool' | 'avgPoolBackward'> {
  const { heap } = arena;
  const programFor = cached(String, (size: number) => team.load(poolModule(heap.shared, size)));
  const run = (entry: string, x: number, y: number, shape: PoolShape): void => {
    const { batch, inHeight, inWidth, channels, size } = shape;
    const [outHeight, outWidth] = [Math.floor(inHeight / size), Math.floor(inWidth / size)];
    const rows = batch * outHeight;
    const taskRows = Math.max(1, Math.floor(TASK_FLOATS / (size * inWidth * channels)));
    const values = { rows, taskRows, outHeight, outWidth, inHeight, inWidth, channels, x, y };
    runChunks(team, programFor(size), entry, Math.ceil(rows / taskRows), inOrder(POOL, values));
  };
  return {
    avgPool: (x, y, shape) => run('pool', pointer(heap, x), pointer(heap, y), shape),
    avgPoolBackward(dy, dx, shape) {
      if (shape.inHeight % shape.size !== 0 || shape.inWidth % shape.size !== 0) dx.fill(0);
      run('pool backward', pointer(heap, dx), pointer(heap, dy), shape);
    },
  };
}
