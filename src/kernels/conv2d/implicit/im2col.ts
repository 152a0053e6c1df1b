/**
 * @file im2col: windows as rows, columns[pixel, tap * inChannels + i] = x at that tap of that output pixel, 0 in the
 * padding. Pixels are numbered through the whole batch: (image * outHeight + row) * outWidth + column.
 * Its transpose, col2im, adds the rows back to where they came from.
 */
import {
  defineFunction,
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
  type NamedLocals,
} from '../../assembler/assembler.ts';
import { type Field, readShape } from '../shape.ts';
import { type Copies, defineCopies } from './copies.ts';

/** strideColumns: bytes from row to row of `columns`. */
const IM2COL = ['shape', 'x', 'columns', 'first', 'pixels', 'strideColumns'] as const;
type Parameter = (typeof IM2COL)[number];

export type Im2col = NamedCall<Parameter>;

type Integer = Local<'i32'>;
type Shape = Readonly<Record<Field, Integer>>;

/** Where the loop over the output pixels is. */
interface Pixel {
  readonly image: Integer;
  readonly row: Integer;
  readonly column: Integer;
  /** Row and column of the window's first tap in x; negative in the padding. */
  readonly top: Integer;
  readonly left: Integer;
  /** The taps low .. high - 1 of a kernel row lie inside the map. */
  readonly low: Integer;
  readonly high: Integer;
}

export function defineIm2col(builder: ModuleBuilder, direction: 'gather' | 'scatter'): Im2col {
  const copies = defineCopies(builder, direction);
  return defineFunction(builder, direction, IM2COL, (f, p) => {
    const { x, columns, first } = p;
    const s = readShape(f, p.shape);
    const inPixel = f.let(i32.shl(s.inChannels, 2));
    const area = i32.mul(s.outHeight, s.outWidth);
    const image = f.let(i32.div_s(first, area));
    const row = f.let(i32.div_s(i32.rem_s(first, area), s.outWidth));
    const column = f.let(i32.rem_s(first, s.outWidth));
    const [pixel, i, top, left, y, low, high, at, bytes] = f.locals(9, 'i32');
    const now: Pixel = { image, row, column, top, left, low, high };
    const writer = { f, s, p, now, inPixel, copies, direction };
    const tapByTap = (): void => copyTapByTap(writer, { i, y, at, bytes });

    f.for(pixel, 0, p.pixels, 1, () => {
      placeWindow(f, s, now);
      if (direction === 'scatter') tapByTap();
      else {
        f.set(bytes, i32.add(i32.mul(i32.add(i32.mul(image, s.inHeight), top), s.inWidth), left));
        const inside = i32.and(i32.eq(i32.sub(high, low), s.kernel), i32.ge_s(top, 0));
        const stride = i32.mul(s.inWidth, inPixel);
        const from = i32.add(x, i32.mul(bytes, inPixel));
        const lines = { bytes: i32.mul(s.kernel, inPixel), rows: s.kernel, stride };
        f.if(
          i32.and(inside, i32.le_s(i32.add(top, s.kernel), s.inHeight)),
          () => f.do(copies.window({ from, to: columns, ...lines })),
          tapByTap,
        );
      }
      f.advance(columns, p.strideColumns);
      nextPixel(f, s, now);
    });
  });
}

/** Where the window of the present pixel lies. */
function placeWindow(f: FunctionBuilder, s: Shape, { row, column, top, left, low, high }: Pixel): void {
  f.set(top, i32.sub(i32.mul(row, s.stride), s.padding));
  f.set(left, i32.sub(i32.mul(column, s.stride), s.padding));
  f.set(low, i32.sub(0, left));
  f.set(low, i32.max_s(low, 0));
  f.set(low, i32.min_s(low, s.kernel));
  f.set(high, i32.sub(s.inWidth, left));
  f.set(high, i32.min_s(high, s.kernel));
  f.set(high, i32.max_s(high, low));
}

interface Writer {
  readonly f: FunctionBuilder;
  readonly s: Shape;
  readonly p: NamedLocals<Parameter>;
  readonly now: Pixel;
  /** Bytes of a pixel of x. */
  readonly inPixel: Integer;
  readonly copies: Copies;
  readonly direction: 'gather' | 'scatter';
}

/** A window that may reach over the map's border: row by row what lies inside; padding is cleared or skipped. */
function copyTapByTap(
  { f, s, p, now, inPixel, copies, direction }: Writer,
  { i, y, at, bytes }: { i: Integer; y: Integer; at: Integer; bytes: Integer },
): void {
  const { image, top, left, low, high } = now;
  const skip = (taps: Expression<'i32'>): void => {
    f.set(bytes, i32.mul(taps, inPixel));
    if (direction === 'gather') f.do(copies.clear({ to: at, bytes }));
    f.advance(at, bytes);
  };
  f.set(at, p.columns);
  f.for(i, 0, s.kernel, 1, () => {
    f.set(y, i32.add(top, i));
    f.if(
      i32.lt_u(y, s.inHeight),
      () => {
        skip(low);
        f.set(bytes, i32.mul(i32.sub(high, low), inPixel));
        f.set(y, i32.add(i32.mul(i32.add(i32.mul(image, s.inHeight), y), s.inWidth), i32.add(left, low)));
        f.set(y, i32.add(p.x, i32.mul(y, inPixel)));
        f.do(copies.move(direction === 'gather' ? { from: y, to: at, bytes } : { from: at, to: y, bytes }));
        f.advance(at, bytes);
        skip(i32.sub(s.kernel, high));
      },
      () => skip(s.kernel),
    );
  });
}

function nextPixel(f: FunctionBuilder, s: Shape, { image, row, column }: Pixel): void {
  f.advance(column, 1);
  f.if(i32.eq(column, s.outWidth), () => {
    f.set(column, 0);
    f.advance(row, 1);
    f.if(i32.eq(row, s.outHeight), () => {
      f.set(row, 0);
      f.advance(image, 1);
    });
  });
}
