/**
 * @file Packing B into panels of 8 columns, so that the innermost loop reads it from one end to the other.
 * B: [k, n] or, transposed, [n, k]; strides in bytes. Panels: see simd-block.ts; columns beyond n become 0.
 */
import {
  type Call,
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  shuffle,
  v128,
} from '../assembler/assembler.ts';

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** (b, packed, k, n, strideB, panelStride): packs n columns of k steps. */
export type Pack = Call<typeof PARAMETERS, 'none'>;

const LOW = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const HIGH = [8, 9, 10, 11, 24, 25, 26, 27, 12, 13, 14, 15, 28, 29, 30, 31];
const FIRST = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const SECOND = [8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31];

/** The rows of four become the columns of four. */
export function transpose4(f: FunctionBuilder, v: readonly Local<'v128'>[]): Expression<'v128'>[] {
  const [a, b, c, d] = v as [Local<'v128'>, Local<'v128'>, Local<'v128'>, Local<'v128'>];
  const ab = f.local('v128', shuffle(a, b, LOW));
  const cd = f.local('v128', shuffle(c, d, LOW));
  const ab2 = f.local('v128', shuffle(a, b, HIGH));
  const cd2 = f.local('v128', shuffle(c, d, HIGH));
  return [
    shuffle(ab, cd, FIRST),
    shuffle(ab, cd, SECOND),
    shuffle(ab2, cd2, FIRST),
    shuffle(ab2, cd2, SECOND),
  ];
}

/** Copies `count` floats, `strideFrom` and `strideTo` bytes apart. */
function defineThin(builder: ModuleBuilder): Call<readonly ['i32', 'i32', 'i32', 'i32', 'i32'], 'none'> {
  return builder.define(
    'copy thin',
    ['i32', 'i32', 'i32', 'i32', 'i32'],
    'none',
    (f, from, to, count, strideFrom, strideTo) => {
      f.while(i32.gt_s(count, 0), () => {
        f.do(f32.store(to, f32.load(from)));
        f.advance(from, strideFrom);
        f.advance(to, strideTo);
        f.advance(count, -1);
      });
    },
  );
}

export function definePacks(builder: ModuleBuilder): { readonly straight: Pack; readonly transposed: Pack } {
  const thin = defineThin(builder);

  const clear = builder.define('clear', ['i32', 'i32'], 'none', (f, pointer, bytes) => {
    f.set(bytes, i32.add(pointer, bytes));
    f.while(i32.lt_u(pointer, bytes), () => {
      f.do(v128.store(pointer, f32x4Constant(0)));
      f.advance(pointer, 16);
    });
  });

  /** Panels of at most 8 columns; the rest is written column by column onto zeros. */
  const define = (
    title: string,
    whole: (f: FunctionBuilder, p: Record<'b' | 'to' | 'k' | 'strideB', Local<'i32'>>) => void,
    transposed: boolean,
  ): Pack =>
    builder.define(title, PARAMETERS, 'none', (f, b, packed, k, n, strideB, panelStride) => {
      const to = f.local('i32');
      const j = f.local('i32');
      const step = f.local('i32');
      f.while(i32.gt_s(n, 0), () => {
        f.set(to, packed);
        f.if(
          i32.ge_s(n, 8),
          () => whole(f, { b, to, k, strideB }),
          () => {
            f.set(step, 16);
            f.if(i32.gt_s(n, 4), () => f.set(step, 32));
            f.do(clear(to, i32.mul(k, step)));
            f.for(j, 0, n, 1, () => {
              const column = i32.add(b, transposed ? i32.mul(j, strideB) : i32.shl(j, 2));
              f.do(thin(column, i32.add(to, i32.shl(j, 2)), k, transposed ? 4 : strideB, step));
            });
          },
        );
        f.advance(b, transposed ? i32.shl(strideB, 3) : 32);
        f.advance(packed, panelStride);
        f.advance(n, -8);
      });
    });

  const straight = define(
    'pack',
    (f, { b, to, k, strideB }) => {
      const from = f.local('i32', b);
      const left = f.local('i32', k);
      f.while(i32.gt_s(left, 0), () => {
        f.do(v128.store(to, v128.load(from)));
        f.do(v128.store(to, v128.load(from, 16), 16));
        f.advance(from, strideB);
        f.advance(to, 32);
        f.advance(left, -1);
      });
    },
    false,
  );

  const transposed = define(
    'pack transposed',
    (f, { b, to, k, strideB }) => {
      const half = f.local('i32');
      const from = f.local('i32');
      const row = f.local('i32');
      const left = f.local('i32');
      const j = f.local('i32');
      const target = f.local('i32');
      f.for(half, 0, 2, 1, () => {
        f.set(from, i32.add(b, i32.mul(i32.shl(half, 2), strideB)));
        f.set(target, i32.add(to, i32.shl(half, 4)));
        f.set(left, k);
        f.while(i32.ge_s(left, 4), () => {
          f.set(row, from);
          const rows = [0, 1, 2, 3].map(() => {
            const v = f.local('v128', v128.load(row));
            f.advance(row, strideB);
            return v;
          });
          transpose4(f, rows).forEach((column, i) => {
            f.do(v128.store(target, column, 32 * i));
          });
          f.advance(from, 16);
          f.advance(target, 128);
          f.advance(left, -4);
        });
        f.for(j, 0, 4, 1, () => {
          f.do(thin(i32.add(from, i32.mul(j, strideB)), i32.add(target, i32.shl(j, 2)), left, 4, 32));
        });
      });
    },
    true,
  );
  return { straight, transposed };
}
