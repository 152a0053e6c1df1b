/**
 * @file The four transforms of a scheme, each over all channels of one tile (or of one row of weights).
 * Transformed values of one point lie `stride` bytes apart from those of the next.
 */
import { type Call, i32, type ModuleBuilder, v128 } from '../assembler/assembler.ts';
import { loadConstants, transform2d } from './simd-transform.ts';
import { type Matrix, type Scheme, transpose } from './winograd-scheme.ts';

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** (table of addresses, offset into them, transformed, stride, bytes of channels, temporary) */
export type TileTransform = Call<typeof PARAMETERS, 'none'>;

/** From the pixels of a tile to the points, or back from the points to the pixels. */
function defineTile(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  direction: 'in' | 'out',
  relaxed: boolean,
): TileTransform {
  return builder.define(
    title,
    PARAMETERS,
    'none',
    (f, table, offset, transformed, stride, bytes, temporary) => {
      const constants = loadConstants(f, matrix);
      const size = direction === 'in' ? matrix[0]!.length : matrix.length;
      const end = f.local('i32', i32.add(transformed, bytes));
      const at = f.local('i32');
      const pixel = (i: number, j: number) => i32.add(i32.load(table, 4 * (i * size + j)), offset);
      const points = matrix[0]!.length;
      const bases = Array.from({ length: direction === 'in' ? 1 : points }, () => f.local('i32'));
      const rowStride = f.local('i32', i32.mul(stride, points));
      f.while(i32.lt_u(transformed, end), () => {
        f.set(at, transformed);
        if (direction === 'in') {
          transform2d(
            f,
            matrix,
            constants,
            relaxed,
            temporary,
            (i, j) => v128.load(pixel(i, j)),
            (_i, _j, value) => {
              f.do(v128.store(at, value));
              f.advance(at, stride);
            },
          );
        } else {
          // Column j of the points begins at transformed + j * stride; its rows are `rowStride` apart.
          bases.forEach((base, j) => {
            f.set(base, j === 0 ? transformed : i32.add(bases[j - 1]!, stride));
          });
          transform2d(
            f,
            matrix,
            constants,
            relaxed,
            temporary,
            (i, j) => {
              if (i > 0) f.advance(bases[j]!, rowStride);
              return v128.load(bases[j]!);
            },
            (i, j, value) => f.do(v128.store(pixel(i, j), value)),
          );
        }
        f.advance(transformed, 16);
        f.advance(offset, 16);
      });
    },
  );
}

const WEIGHTS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/**
 * (from, its stride from tap to tap or point to point, its step from in channel to in channel, to, stride, step,
 * in channels, temporary): four out channels of every in channel.
 */
export type WeightTransform = Call<typeof WEIGHTS, 'none'>;

function defineWeights(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  relaxed: boolean,
): WeightTransform {
  return builder.define(
    title,
    WEIGHTS,
    'none',
    (f, from, strideFrom, stepFrom, to, strideTo, stepTo, count, temporary) => {
      const constants = loadConstants(f, matrix);
      const size = matrix[0]!.length;
      const rowStride = f.local('i32', i32.mul(strideFrom, size));
      const bases = f.locals(size, 'i32');
      const at = f.local('i32');
      f.while(count, () => {
        bases.forEach((base, j) => {
          f.set(base, j === 0 ? from : i32.add(bases[j - 1]!, strideFrom));
        });
        f.set(at, to);
        transform2d(
          f,
          matrix,
          constants,
          relaxed,
          temporary,
          (i, j) => {
            if (i > 0) f.advance(bases[j]!, rowStride);
            return v128.load(bases[j]!);
          },
          (_i, _j, value) => {
            f.do(v128.store(at, value));
            f.advance(at, strideTo);
          },
        );
        f.advance(from, stepFrom);
        f.advance(to, stepTo);
        f.advance(count, -1);
      });
    },
  );
}

export interface Transforms {
  /** B^T x B */
  readonly input: TileTransform;
  /** A^T m A */
  readonly output: TileTransform;
  /** A dy A^T */
  readonly outputGradient: TileTransform;
  /** G w G^T */
  readonly weights: WeightTransform;
  /** G^T du G */
  readonly weightGradient: WeightTransform;
}

export function defineTransforms(builder: ModuleBuilder, scheme: Scheme, relaxed: boolean): Transforms {
  return {
    input: defineTile(builder, 'input transform', scheme.bT, 'in', relaxed),
    output: defineTile(builder, 'output transform', transpose(scheme.a), 'out', relaxed),
    outputGradient: defineTile(builder, 'output gradient transform', scheme.a, 'in', relaxed),
    weights: defineWeights(builder, 'weight transform', scheme.g, relaxed),
    weightGradient: defineWeights(builder, 'weight gradient transform', transpose(scheme.g), relaxed),
  };
}
