/**
 * @file The transforms of a scheme, each over all channels of one tile (or of one row of weights), four at a time.
 * Transformed values of one point lie `stride` bytes apart from those of the next.
 */
import {
  defineFunction,
  type Expression,
  i32,
  type Local,
  type ModuleBuilder,
  type NamedCall,
  v128,
} from '../../assembler/assembler.ts';
import { FinishCode } from '../finish.ts';
import { PointReader, PointWriter } from './points.ts';
import { type Matrix, type Scheme, transpose } from './scheme.ts';
import { prepareTransform, transform2d } from './transform.ts';

const TILE = [
  'table', // of the pixels' addresses
  'offset', // into each of them: of the first channel
  'transformed',
  'stride',
  'bytes', // of the channels
  'temporary',
] as const;
const FINISHED = [
  'table',
  'offset',
  'transformed',
  'stride',
  'bytes',
  'temporary',
  'shape', // addresses of the sizes and of these channels' first bias and threshold, or 0
  'bias',
  'theta',
] as const;
const WEIGHTS = [
  'from',
  'strideFrom', // from tap to tap or point to point
  'stepFrom', // from in channel to in channel
  'to',
  'strideTo',
  'stepTo',
  'count', // of in channels
  'temporary',
] as const;

type TileTransform = NamedCall<(typeof TILE)[number]>;
type FinishedTransform = NamedCall<(typeof FINISHED)[number]>;
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
  const { a, bT, g } = scheme;
  const input = defineToPoints(builder, 'input transform', bT, relaxed);
  const output = defineToPixels(builder, 'output transform', transpose(a), false, relaxed);
  return {
    input,
    output: (operands) => output({ ...operands, shape: 0, bias: 0, theta: 0 }),
    finished: defineToPixels(builder, 'finished transform', transpose(a), true, relaxed),
    outputGradient: defineToPoints(builder, 'output gradient transform', a, relaxed),
    weights: defineWeights(builder, 'weight transform', g, relaxed),
    weightGradient: defineWeights(builder, 'weight gradient transform', transpose(g), relaxed),
  };
}

/** The address of pixel (i, j) of a tile that is `width` pixels wide. */
const pixelOf =
  ({ table, offset }: Readonly<Record<'table' | 'offset', Local<'i32'>>>, width: number) =>
  (i: number, j: number): Expression<'i32'> =>
    i32.add(i32.load(table, 4 * (i * width + j)), offset);

/** From the pixels of a tile to its points. */
function defineToPoints(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  relaxed: boolean,
): TileTransform {
  return defineFunction(builder, title, TILE, (f, p) => {
    const { offset, transformed, temporary } = p;
    const transform = prepareTransform(f, matrix, relaxed);
    const pixel = pixelOf(p, matrix[0]!.length);
    const end = f.let(i32.add(transformed, p.bytes));
    const points = new PointWriter(f, p.stride);
    const load = (i: number, j: number): Expression<'v128'> => v128.load(pixel(i, j));
    f.while(i32.lt_u(transformed, end), () => {
      points.begin(transformed);
      transform2d(f, transform, temporary, load, (_i, _j, value) => points.next(value));
      f.advance(transformed, 16);
      f.advance(offset, 16);
    });
  });
}

/** From the points of a tile back to its pixels, with bias and activation if `finished`. */
function defineToPixels(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  finished: boolean,
  relaxed: boolean,
): FinishedTransform {
  return defineFunction(builder, title, FINISHED, (f, p) => {
    const { offset, transformed, temporary } = p;
    const finish = finished ? new FinishCode(f, p.shape, p.bias, p.theta) : null;
    const [channel, value] = [f.local('i32'), f.local('v128')];
    const transform = prepareTransform(f, matrix, relaxed);
    const pixel = pixelOf(p, matrix.length);
    const end = f.let(i32.add(transformed, p.bytes));
    const points = new PointReader(f, matrix[0]!.length, p.stride);
    const load = (i: number, j: number): Expression<'v128'> => points.load(i, j);
    f.while(i32.lt_u(transformed, end), () => {
      finish?.begin(channel, (from) => v128.load(from));
      points.begin(transformed);
      transform2d(f, transform, temporary, load, (i, j, result) => {
        f.set(value, result);
        finish?.apply(value);
        f.do(v128.store(pixel(i, j), value));
      });
      f.advance(transformed, 16);
      f.advance(offset, 16);
      f.advance(channel, 16);
    });
  });
}

/** Weights to points, or points to weights: in channel by in channel. */
function defineWeights(
  builder: ModuleBuilder,
  title: string,
  matrix: Matrix,
  relaxed: boolean,
): WeightTransform {
  return defineFunction(builder, title, WEIGHTS, (f, p) => {
    const { from, to, count } = p;
    const transform = prepareTransform(f, matrix, relaxed);
    const source = new PointReader(f, matrix[0]!.length, p.strideFrom);
    const target = new PointWriter(f, p.strideTo);
    const load = (i: number, j: number): Expression<'v128'> => source.load(i, j);
    f.while(count, () => {
      source.begin(from);
      target.begin(to);
      transform2d(f, transform, p.temporary, load, (_i, _j, value) => target.next(value));
      f.advance(from, p.stepFrom);
      f.advance(to, p.stepTo);
      f.advance(count, -1);
    });
  });
}
