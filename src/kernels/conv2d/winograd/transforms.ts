/**
 * @file The four transforms of a scheme, each over all channels of one tile (or of one row of weights).
 * Transformed values of one point lie `stride` bytes apart from those of the next.
 */
import { type Call, i32, type ModuleBuilder, v128 } from '../../assembler/assembler.ts';
import { FinishCode } from '../finish.ts';
import { type Matrix, type Scheme, transpose } from './scheme.ts';
import { loadConstants, transform2d } from './transform.ts';

const PARAMETERS = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/** (table of addresses, offset into them, transformed, stride, bytes of channels, temporary) */
export type TileTransform = Call<typeof PARAMETERS, 'none'>;

/** The same, then (shape, bias, theta): the addresses of the first of these channels' bias and threshold, or 0. */
export type FinishedTransform = Call<typeof FINISHED, 'none'>;
const FINISHED = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;

/**
 * From the pixels of a tile to the points, or back from the points to the pixels, there with bias and activation
 * if `finished`.
 */
function defineTile(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  direction: 'in' | 'out' | 'finished',
  relaxed: boolean,
): FinishedTransform {
  return builder.define(
    title,
    FINISHED,
    'none',
    (f, table, offset, transformed, stride, bytes, temporary, shape, bias, theta) => {
      const finish = direction === 'finished' ? new FinishCode(f, shape, bias, theta) : null;
      const channel = f.local('i32');
      const value = f.local('v128');
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
        finish?.begin(channel, (from) => v128.load(from));
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
            (i, j, result) => {
              f.set(value, result);
              finish?.apply(value);
              f.do(v128.store(pixel(i, j), value));
            },
          );
        }
        f.advance(transformed, 16);
        f.advance(offset, 16);
        f.advance(channel, 16);
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
  /** clip(A^T m A + bias) */
  readonly finished: FinishedTransform;
  /** A dy A^T */
  readonly outputGradient: TileTransform;
  /** G w G^T */
  readonly weights: WeightTransform;
  /** G^T du G */
  readonly weightGradient: WeightTransform;
}

export function defineTransforms(builder: ModuleBuilder, scheme: Scheme, relaxed: boolean): Transforms {
  const plain = (title: string, matrix: Matrix, direction: 'in' | 'out'): TileTransform => {
    const transform = defineTile(builder, title, matrix, direction, relaxed);
    return (...operands) => transform(...operands, 0, 0, 0);
  };
  return {
    input: plain('input transform', scheme.bT, 'in'),
    output: plain('output transform', transpose(scheme.a), 'out'),
    finished: defineTile(builder, 'finished transform', transpose(scheme.a), 'finished', relaxed),
    outputGradient: plain('output gradient transform', scheme.a, 'in'),
    weights: defineWeights(builder, 'weight transform', scheme.g, relaxed),
    weightGradient: defineWeights(builder, 'weight gradient transform', transpose(scheme.g), relaxed),
  };
}
