/**
 * @file Average pooling on SIMD lanes and threads. x: [batch, inHeight, inWidth, channels], windows size x size.
 * The window's size is part of the code. A task is a fixed number of rows of y, counted through the whole batch.
 */
import type { Arena } from '../../memory/arena.ts';
import type { Team } from '../../memory/team.ts';
import {
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  ModuleBuilder,
  select,
} from '../assembler/assembler.ts';
import type { Kernels, PoolShape } from '../kernels.ts';
import { pointer } from '../pointer.ts';
import { cached } from '../vector-loops/cached.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import { runChunks } from '../vector-loops/run-chunks.ts';

type I = Local<'i32'>;

const TASK_FLOATS = 16384;
/** Windows up to this size are unrolled. */
const UNROLLED = 4;

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** Calls `visit` with the address of each pixel of a window, row by row. */
function forWindow(
  f: FunctionBuilder,
  size: number,
  corner: I,
  rowBytes: I,
  pixel: I,
  visit: (at: I) => void,
) {
  const [at, row, i, j] = f.locals(4, 'i32') as [I, I, I, I];
  return (): void => {
    f.set(row, corner);
    if (size <= UNROLLED) {
      for (let r = 0; r < size; r++) {
        if (r > 0) f.advance(row, rowBytes);
        f.set(at, row);
        for (let s = 0; s < size; s++) {
          if (s > 0) f.advance(at, pixel);
          visit(at);
        }
      }
      return;
    }
    f.for(i, 0, size, 1, () => {
      f.set(at, row);
      f.for(j, 0, size, 1, () => {
        visit(at);
        f.advance(at, pixel);
      });
      f.advance(row, rowBytes);
    });
  };
}

function poolModule(shared: boolean, size: number): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const area = f32x4Constant(size * size);
  for (const name of ['pool', 'pool backward'] as const) {
    builder.define(
      name,
      PARAMETERS,
      'none',
      (f, task, _lane, rows, taskRows, outHeight, outWidth, inHeight, inWidth, channels, x, y) => {
        const pixel = f.local('i32', i32.shl(channels, 2));
        const rowBytes = f.local('i32', i32.mul(inWidth, pixel));
        const [row, end, column, c, corner, place, from, to] = f.locals(8, 'i32') as [I, I, I, I, I, I, I, I];
        const value = f.local('v128');
        let access: Access = FOUR;
        const window = forWindow(f, size, place, rowBytes, pixel, (at) => {
          if (name === 'pool') f.set(value, f32x4.add(value, access.load(at)));
          else f.do(access.store(at, value));
        });
        const compute = (lanes: Access): void => {
          access = lanes;
          f.set(place, i32.add(corner, c));
          if (name === 'pool') {
            f.set(value, f32x4Constant(0));
            window();
            f.do(access.store(i32.add(to, c), f32x4.div(value, area)));
          } else {
            f.set(value, f32x4.div(access.load(i32.add(to, c)), area));
            window();
          }
        };
        f.set(row, i32.mul(task, taskRows));
        f.set(end, i32.add(row, taskRows));
        f.set(end, select('i32', end, rows, i32.lt_u(end, rows)));
        f.set(to, i32.add(y, i32.mul(row, i32.mul(outWidth, pixel))));
        f.for(row, row, end, 1, () => {
          f.set(from, i32.mul(i32.div_u(row, outHeight), inHeight));
          f.advance(from, i32.mul(i32.rem_u(row, outHeight), size));
          f.set(corner, i32.add(x, i32.mul(from, rowBytes)));
          f.for(column, 0, outWidth, 1, () => {
            f.for(c, 0, i32.sub(pixel, 15), 16, () => compute(FOUR));
            f.while(i32.lt_s(c, pixel), () => {
              compute(ONE);
              f.advance(c, 4);
            });
            f.advance(to, pixel);
            f.advance(corner, i32.mul(pixel, size));
          });
        });
      },
    );
  }
  return builder.bytes();
}

export function createPool(arena: Arena, team: Team): Pick<Kernels, 'avgPool' | 'avgPoolBackward'> {
  const { heap } = arena;
  const programFor = cached(String, (size: number) => team.load(poolModule(heap.shared, size)));
  const run = (entry: string, x: number, y: number, shape: PoolShape): void => {
    const { batch, inHeight, inWidth, channels, size } = shape;
    const [outHeight, outWidth] = [Math.floor(inHeight / size), Math.floor(inWidth / size)];
    const rows = batch * outHeight;
    const taskRows = Math.max(1, Math.floor(TASK_FLOATS / (size * inWidth * channels)));
    const args = [rows, taskRows, outHeight, outWidth, inHeight, inWidth, channels, x, y];
    runChunks(team, programFor(size), entry, Math.ceil(rows / taskRows), args);
  };
  return {
    avgPool: (x, y, shape) => run('pool', pointer(heap, x), pointer(heap, y), shape),
    avgPoolBackward(dy, dx, shape) {
      if (shape.inHeight % shape.size !== 0 || shape.inWidth % shape.size !== 0) dx.fill(0);
      run('pool backward', pointer(heap, dx), pointer(heap, dy), shape);
    },
  };
}
