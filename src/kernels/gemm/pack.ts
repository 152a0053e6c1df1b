/**
 * @file Packing B into panels (panel.ts). B: [k, n] or, transposed, [n, k]; strides in bytes.
 */
import {
  defineFunction,
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
  shuffle,
  v128,
} from '../assembler/assembler.ts';
import { PANEL, STEP_BYTES } from './panel.ts';

/** Packs n columns of k steps. */
const PACK = ['b', 'packed', 'k', 'n', 'strideB', 'panelStride'] as const;
const THIN = ['from', 'to', 'count', 'strideFrom', 'strideTo'] as const;

export type Pack = NamedCall<(typeof PACK)[number]>;
type Thin = NamedCall<(typeof THIN)[number]>;
type Vector = Local<'v128'>;

/** A panel of 8 columns: where it comes from and where it goes. */
interface Whole {
  readonly b: Local<'i32'>;
  readonly to: Local<'i32'>;
  readonly k: Local<'i32'>;
  readonly strideB: Local<'i32'>;
}

export function definePacks(builder: ModuleBuilder): { readonly straight: Pack; readonly transposed: Pack } {
  const thin = defineThin(builder);
  const clear = defineClear(builder, 'clear');

  /** The columns of a last, narrow panel are written one by one onto zeros. */
  const define = (
    title: string,
    whole: (f: FunctionBuilder, panel: Whole, thin: Thin) => void,
    transposed: boolean,
  ): Pack =>
    defineFunction(builder, title, PACK, (f, { b, packed, k, n, strideB, panelStride }) => {
      const [to, j, stepBytes] = f.locals(3, 'i32');
      f.while(i32.gt_s(n, 0), () => {
        f.set(to, packed);
        f.if(
          i32.ge_s(n, PANEL),
          () => whole(f, { b, to, k, strideB }, thin),
          () => {
            f.set(stepBytes, STEP_BYTES / 2);
            f.if(i32.gt_s(n, PANEL / 2), () => f.set(stepBytes, STEP_BYTES));
            f.do(clear({ pointer: to, bytes: i32.mul(k, stepBytes) }));
            f.for(j, 0, n, 1, () => {
              const from = i32.add(b, transposed ? i32.mul(j, strideB) : i32.shl(j, 2));
              const strides = { strideFrom: transposed ? 4 : strideB, strideTo: stepBytes };
              f.do(thin({ from, to: i32.add(to, i32.shl(j, 2)), count: k, ...strides }));
            });
          },
        );
        f.advance(b, transposed ? i32.shl(strideB, Math.log2(PANEL)) : STEP_BYTES);
        f.advance(packed, panelStride);
        f.advance(n, -PANEL);
      });
    });
  return {
    straight: define('pack', packRows, false),
    transposed: define('pack transposed', packColumns, true),
  };
}

/** Zeros, 16 bytes at a time. */
export function defineClear(builder: ModuleBuilder, title: string): NamedCall<'pointer' | 'bytes'> {
  return defineFunction(builder, title, ['pointer', 'bytes'], (f, { pointer, bytes }) => {
    f.set(bytes, i32.add(pointer, bytes));
    f.while(i32.lt_u(pointer, bytes), () => {
      f.do(v128.store(pointer, f32x4Constant(0)));
      f.advance(pointer, 16);
    });
  });
}

/** Copies `count` floats, `strideFrom` and `strideTo` bytes apart. */
function defineThin(builder: ModuleBuilder): Thin {
  return defineFunction(builder, 'copy thin', THIN, (f, { from, to, count, strideFrom, strideTo }) => {
    f.while(i32.gt_s(count, 0), () => {
      f.do(f32.store(to, f32.load(from)));
      f.advance(from, strideFrom);
      f.advance(to, strideTo);
      f.advance(count, -1);
    });
  });
}

/** Eight floats of every row of B. */
function packRows(f: FunctionBuilder, { b, to, k, strideB }: Whole): void {
  const from = f.let(b);
  const left = f.let(k);
  f.while(i32.gt_s(left, 0), () => {
    f.do(v128.store(to, v128.load(from)));
    f.do(v128.store(to, v128.load(from, 16), 16));
    f.advance(from, strideB);
    f.advance(to, STEP_BYTES);
    f.advance(left, -1);
  });
}

/** Eight rows of B, four by four: squares of four are turned in registers. */
function packColumns(f: FunctionBuilder, { b, to, k, strideB }: Whole, thin: Thin): void {
  const [half, from, row, left, j, target] = f.locals(6, 'i32');
  const rows = f.locals(4, 'v128');
  f.for(half, 0, 2, 1, () => {
    f.set(from, i32.add(b, i32.mul(i32.shl(half, 2), strideB)));
    f.set(target, i32.add(to, i32.shl(half, 4)));
    f.set(left, k);
    f.while(i32.ge_s(left, 4), () => {
      f.set(row, from);
      for (const vector of rows) {
        f.set(vector, v128.load(row));
        f.advance(row, strideB);
      }
      transpose4(f, rows).forEach((column, i) => {
        f.do(v128.store(target, column, STEP_BYTES * i));
      });
      f.advance(from, 16);
      f.advance(target, 4 * STEP_BYTES);
      f.advance(left, -4);
    });
    f.for(j, 0, 4, 1, () => {
      const [source, goal] = [i32.add(from, i32.mul(j, strideB)), i32.add(target, i32.shl(j, 2))];
      f.do(thin({ from: source, to: goal, count: left, strideFrom: 4, strideTo: STEP_BYTES }));
    });
  });
}

// The 16 bytes of a shuffle, out of the 32 of its operands a and b.
const LOW = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23]; // a0 b0 a1 b1
const HIGH = [8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31]; // a2 b2 a3 b3
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]; // a0 a1 b0 b1
const SECOND = [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31]; // a2 a3 b2 b3

/** Transposes a square: the rows of four become the columns of four. */
export function transpose4(
  f: FunctionBuilder,
  [a, b, c, d]: readonly [Vector, Vector, Vector, Vector],
): Expression<'v128'>[] {
  const ab = f.let(shuffle(a, b, LOW));
  const cd = f.let(shuffle(c, d, LOW));
  const ab2 = f.let(shuffle(a, b, HIGH));
  const cd2 = f.let(shuffle(c, d, HIGH));
  return [
    shuffle(ab, cd, FIRST),
    shuffle(ab, cd, SECOND),
    shuffle(ab2, cd2, FIRST),
    shuffle(ab2, cd2, SECOND),
  ];
}
