/**
 * @file The four transforms of a scheme, each over all channels of one tile (or of one row of weights).
 * Transformed values of one point lie `stride` bytes apart from those of the next.
 */
import {
  defineFunction,
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
  v128,
} from '../../assembler/assembler.ts';
import { FinishCode } from '../finish.ts';
import { type Matrix, type Scheme, transpose } from './scheme.ts';
import { prepareTransform, transform2d } from './transform.ts';

const TILE = [
  'table', // of the pixels' addresses
  'offset', // into each of them: of the first channel
  'transformed',
  'stride',
  'bytes', // of the channels
  'temporary',
  'shape', // and, if finished, the addresses of the sizes and of these channels' first bias and threshold, or 0
  'bias',
  'theta',
] as const;
/** Four out channels of every in channel. `step`: bytes from one in channel to the next. */
const WEIGHTS = ['from', 'strideFrom', 'stepFrom', 'to', 'strideTo', 'stepTo', 'count', 'temporary'] as const;

type TileTransform = NamedCall<Exclude<(typeof TILE)[number], 'shape' | 'bias' | 'theta'>>;
type FinishedTransform = NamedCall<(typeof TILE)[number]>;
type WeightTransform = NamedCall<(typeof WEIGHTS)[number]>;

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
    return (operands) => transform({ ...operands, shape: 0, bias: 0, theta: 0 });
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
  return defineFunction(builder, title, TILE, (f, p) => {
    const { table, offset, transformed, stride, bytes, temporary } = p;
    const finish = direction === 'finished' ? new FinishCode(f, p.shape, p.bias, p.theta) : null;
    const channel = f.local('i32');
    const value = f.local('v128');
    const transform = prepareTransform(f, matrix, relaxed);
    const inward = direction === 'in';
    const width = inward ? matrix[0]!.length : matrix.length;
    const pixel = (i: number, j: number) => i32.add(i32.load(table, 4 * (i * width + j)), offset);
    const end = f.let(i32.add(transformed, bytes));
    const at = f.local('i32');
    const columns = new PointColumns(f, inward ? 1 : matrix[0]!.length);
    columns.stride(stride, matrix[0]!.length);
    const toPoints = (): void => {
      transform2d(
        f,
        transform,
        temporary,
        (i, j) => v128.load(pixel(i, j)),
        (_i, _j, result) => {
          f.do(v128.store(at, result));
          f.advance(at, stride);
        },
      );
    };
    const toPixels = (): void => {
      columns.begin(transformed, stride);
      transform2d(
        f,
        transform,
        temporary,
        (i, j) => columns.load(i, j),
        (i, j, result) => {
          f.set(value, result);
          finish?.apply(value);
          f.do(v128.store(pixel(i, j), value));
        },
      );
    };
    f.while(i32.lt_u(transformed, end), () => {
      f.set(at, transformed);
      finish?.begin(channel, (from) => v128.load(from));
      if (inward) toPoints();
      else toPixels();
      f.advance(transformed, 16);
      f.advance(offset, 16);
      f.advance(channel, 16);
    });
  });
}

/** Reads points, n x n of them: column j begins at from + j * stride, its rows lie n * stride apart. */
class PointColumns {
  readonly #f: FunctionBuilder;
  readonly #columns: readonly Local<'i32'>[];
  #rowStride!: Local<'i32'>;

  constructor(f: FunctionBuilder, count: number) {
    this.#f = f;
    this.#columns = f.locals(count, 'i32');
  }

  stride(stride: Local<'i32'>, n: number): void {
    this.#rowStride = this.#f.let(i32.mul(stride, n));
  }

  begin(from: Local<'i32'>, stride: Local<'i32'>): void {
    this.#columns.forEach((column, j) => {
      this.#f.set(column, j === 0 ? from : i32.add(this.#columns[j - 1]!, stride));
    });
  }

  /** Each column row by row. */
  load(i: number, j: number): Expression<'v128'> {
    if (i > 0) this.#f.advance(this.#columns[j]!, this.#rowStride);
    return v128.load(this.#columns[j]!);
  }
}

function defineWeights(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  relaxed: boolean,
): WeightTransform {
  return defineFunction(builder, title, WEIGHTS, (f, p) => {
    const { from, strideFrom, stepFrom, to, strideTo, stepTo, count, temporary } = p;
    const transform = prepareTransform(f, matrix, relaxed);
    const size = matrix[0]!.length;
    const rowStride = f.let(i32.mul(strideFrom, size));
    const bases = f.locals(size, 'i32');
    const at = f.local('i32');
    f.while(count, () => {
      bases.forEach((base, j) => {
        f.set(base, j === 0 ? from : i32.add(bases[j - 1]!, strideFrom));
      });
      f.set(at, to);
      transform2d(
        f,
        transform,
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
  });
}
