/**
 * @file The loop under all pools of square windows side by side. x: [batch, inHeight, inWidth, channels]. The window's size is part of
 * the code. A task is a fixed number of rows of y, counted through the whole batch.
 */
import {
  defineTask,
  type FunctionBuilder,
  i32,
  type Local,
  type ModuleBuilder,
} from '../assembler/assembler.ts';
import type { PoolShape } from '../kernels.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';

type I = Local<'i32'>;

/** Floats of x that a task reads: 64 KiB, far more work than handing it to another thread. */
const TASK_FLOATS = 16384;
/** Windows up to this size are unrolled. */
const UNROLLED = 4;

export const POOL = [
  'rows', // of y, through the whole batch
  'taskRows',
  'outHeight',
  'outWidth',
  'inHeight',
  'inWidth',
  'channels',
  'x',
  'y',
  'toDx', // bytes from x to its gradient, where a pool reads both
  'toDy', // bytes from y to its gradient
] as const;

/** What a pool does with a window, for the channels of one access. */
export interface WindowCode {
  /** at: the address in y. */
  begin(access: Access, at: I): void;
  /** at: the address of a pixel in x; row by row. */
  pixel(access: Access, at: I): void;
  end(access: Access, at: I): void;
}

/** What all pools are told of their shape, and how many tasks there are. */
export function poolTasks({ batch, inHeight, inWidth, channels, size }: PoolShape): {
  readonly tasks: number;
  readonly values: Readonly<
    Record<'rows' | 'taskRows' | 'outHeight' | 'outWidth' | 'inHeight' | 'inWidth' | 'channels', number>
  >;
} {
  const [outHeight, outWidth] = [Math.floor(inHeight / size), Math.floor(inWidth / size)];
  const rows = batch * outHeight;
  const taskRows = Math.max(1, Math.floor(TASK_FLOATS / (size * inWidth * channels)));
  const values = { rows, taskRows, outHeight, outWidth, inHeight, inWidth, channels };
  return { tasks: Math.ceil(rows / taskRows), values };
}

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

/** One task per `taskRows` rows of y. */
export function definePool(
  builder: ModuleBuilder,
  name: string,
  size: number,
  code: (f: FunctionBuilder, p: Readonly<Record<(typeof POOL)[number], I>>) => WindowCode,
): void {
  defineTask(builder, name, POOL, (f, p) => {
    const { rows, outHeight, outWidth, x, y } = p;
    const window = code(f, p);
    const pixel = f.let(i32.shl(p.channels, 2));
    const rowBytes = f.let(i32.mul(p.inWidth, pixel));
    const [row, end, column, c, left, corner, from, to, at] = f.locals(9, 'i32');
    let access: Access = FOUR;
    const eachPixel = windowLoop(f, size, { corner, rowBytes, pixel }, (place) =>
      window.pixel(access, place),
    );
    const compute = (width: Access): void => {
      access = width;
      f.set(corner, i32.add(left, c));
      f.set(at, i32.add(to, c));
      window.begin(access, at);
      eachPixel();
      window.end(access, at);
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
  });
}
