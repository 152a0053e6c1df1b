/**
 * @file Windows as rows: columns[pixel, tap * inChannels + i] = x at that tap of that output pixel, 0 in the padding.
 * Pixels are numbered through the whole batch: (image * outHeight + row) * outWidth + column.
 * `scatter` is the transpose: it adds the rows back to where they came from.
 */
import {
  type Call,
  type Expression,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  select,
  v128,
} from '../../assembler/assembler.ts';
import { readShape } from '../shape.ts';

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

type L = Local<'i32'>;
type Nine = [L, L, L, L, L, L, L, L, L];

/** (shape, x, columns, first pixel, pixels, stride of a row in bytes) */
export type Im2col = Call<typeof PARAMETERS, 'none'>;

export function defineIm2col(builder: ModuleBuilder, direction: 'gather' | 'scatter'): Im2col {
  /** Copies (or adds) floats from one run of memory to another. */
  const move = builder.define(`move ${direction}`, ['i32', 'i32', 'i32'], 'none', (f, from, to, bytes) => {
    const adding = direction === 'scatter';
    f.set(bytes, i32.add(from, bytes));
    f.while(i32.le_u(i32.add(from, 16), bytes), () => {
      const value = v128.load(from);
      f.do(v128.store(to, adding ? f32x4.add(v128.load(to), value) : value));
      f.advance(from, 16);
      f.advance(to, 16);
    });
    f.while(i32.lt_u(from, bytes), () => {
      const value = f32.load(from);
      f.do(f32.store(to, adding ? f32.add(f32.load(to), value) : value));
      f.advance(from, 4);
      f.advance(to, 4);
    });
  });
  const clear = builder.define(`clear ${direction}`, ['i32', 'i32'], 'none', (f, to, bytes) => {
    f.set(bytes, i32.add(to, bytes));
    f.while(i32.le_u(i32.add(to, 16), bytes), () => {
      f.do(v128.store(to, f32x4Constant(0)));
      f.advance(to, 16);
    });
    f.while(i32.lt_u(to, bytes), () => {
      f.do(f32.store(to, 0));
      f.advance(to, 4);
    });
  });

  /** A window that lies inside the map: `rows` runs of `bytes`, `stride` apart in the map, one after the other in `to`. */
  const window = builder.define(
    `window ${direction}`,
    ['i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, from, to, bytes, rows, stride) => {
      const at = f.local('i32');
      const copy = (offset: Expression<'i32'>): void =>
        f.do(v128.store(i32.add(to, offset), v128.load(i32.add(from, offset))));
      f.while(rows, () => {
        f.for(at, 0, i32.sub(bytes, 15), 16, () => copy(at));
        f.if(
          i32.ge_u(bytes, 16),
          () => f.if(i32.lt_u(at, bytes), () => copy(i32.sub(bytes, 16))),
          () =>
            f.while(i32.lt_u(at, bytes), () => {
              f.do(f32.store(i32.add(to, at), f32.load(i32.add(from, at))));
              f.advance(at, 4);
            }),
        );
        f.advance(from, stride);
        f.advance(to, bytes);
        f.advance(rows, -1);
      });
    },
  );

  return builder.define(
    direction,
    PARAMETERS,
    'none',
    (f, shape, x, columns, first, pixels, strideColumns) => {
      const s = readShape(f, shape);
      const inPixel = f.local('i32', i32.shl(s.inChannels, 2));
      const area = i32.mul(s.outHeight, s.outWidth);
      const image = f.local('i32', i32.div_s(first, area));
      const row = f.local('i32', i32.div_s(i32.rem_s(first, area), s.outWidth));
      const column = f.local('i32', i32.rem_s(first, s.outWidth));
      const [pixel, i, top, left, y, low, high, at, bytes] = f.locals(9, 'i32') as Nine;
      const skip = (count: Local<'i32'>): void => {
        if (direction === 'gather') f.do(clear(at, count));
        f.advance(at, count);
      };

      f.for(pixel, 0, pixels, 1, () => {
        f.set(top, i32.sub(i32.mul(row, s.stride), s.padding));
        f.set(left, i32.sub(i32.mul(column, s.stride), s.padding));
        // The taps low .. high - 1 of a kernel row lie inside the map.
        f.set(low, select('i32', i32.sub(0, left), 0, i32.lt_s(left, 0)));
        f.set(high, i32.sub(s.inWidth, left));
        f.set(high, select('i32', high, s.kernel, i32.lt_s(high, s.kernel)));
        f.set(low, select('i32', low, s.kernel, i32.lt_s(low, s.kernel)));
        f.set(high, select('i32', low, high, i32.lt_s(high, low)));
        const border = (): void => {
          f.set(at, columns);
          f.for(i, 0, s.kernel, 1, () => {
            f.set(y, i32.add(top, i));
            f.if(
              i32.lt_u(y, s.inHeight),
              () => {
                f.set(bytes, i32.mul(low, inPixel));
                skip(bytes);
                f.set(bytes, i32.mul(i32.sub(high, low), inPixel));
                f.set(
                  y,
                  i32.add(i32.mul(i32.add(i32.mul(image, s.inHeight), y), s.inWidth), i32.add(left, low)),
                );
                f.set(y, i32.add(x, i32.mul(y, inPixel)));
                f.do(direction === 'gather' ? move(y, at, bytes) : move(at, y, bytes));
                f.advance(at, bytes);
                f.set(bytes, i32.mul(i32.sub(s.kernel, high), inPixel));
                skip(bytes);
              },
              () => {
                f.set(bytes, i32.mul(s.kernel, inPixel));
                skip(bytes);
              },
            );
          });
        };
        if (direction === 'scatter') border();
        else {
          f.set(bytes, i32.add(i32.mul(i32.add(i32.mul(image, s.inHeight), top), s.inWidth), left));
          const inside = i32.and(i32.eq(i32.sub(high, low), s.kernel), i32.ge_s(top, 0));
          const line = i32.mul(s.inWidth, inPixel);
          f.if(
            i32.and(inside, i32.le_s(i32.add(top, s.kernel), s.inHeight)),
            () =>
              f.do(
                window(
                  i32.add(x, i32.mul(bytes, inPixel)),
                  columns,
                  i32.mul(s.kernel, inPixel),
                  s.kernel,
                  line,
                ),
              ),
            border,
          );
        }
        f.advance(columns, strideColumns);
        f.advance(column, 1);
        f.if(i32.eq(column, s.outWidth), () => {
          f.set(column, 0);
          f.advance(row, 1);
          f.if(i32.eq(row, s.outHeight), () => {
            f.set(row, 0);
            f.advance(image, 1);
          });
        });
      });
    },
  );
}
