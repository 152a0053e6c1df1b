/**
 * @file Convolutions of each channel by itself need no lists: at every tap the source's words of masks say which of the block's
 * channels fired, and these add their own weight of the tap. A word without spikes costs one look.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  type Operand,
} from '../../../kernels/assembler/assembler.ts';
import { group } from './reader.ts';
import { eachPlace, sourceIndex, windowColumns, windowRows, windowSizes } from './source.ts';
import { tapsInside } from './tap-loop.ts';

/** An output position and step. */
export interface Moment {
  readonly y: Local<'i32'>;
  readonly x: Local<'i32'>;
  readonly t: Local<'i32'>;
  readonly image: Local<'i32'>;
  readonly steps: Expression<'i32'>;
}

/**
 * Runs body for each place that a tap meets, plane by plane, in the order that fixes every sum.
 * @param body is given the plane, the tap, and the index of what the source sent there
 */
export function eachTapOfDepthwise(
  f: FunctionBuilder,
  at: Local<'i32'>,
  { y, x, t, image, steps }: Moment,
  planes: Operand<'i32'>,
  body: (plane: Local<'i32'>, tap: Local<'i32'>, index: Expression<'i32'>) => void,
): void {
  const sizes = windowSizes(f, group, at);
  const [plane, ky, kx, mapRow, mapColumn, row, column, tap] = f.locals(8, 'i32');
  const dilationY = f.let(group(at, 'dilationY'));
  const dilationX = f.let(group(at, 'dilationX'));
  const kernelWidth = f.let(group(at, 'kernelWidth'));
  const top = f.let(i32.sub(i32.mul(y, group(at, 'strideY')), group(at, 'paddingTop')));
  const left = f.let(i32.sub(i32.mul(x, group(at, 'strideX')), group(at, 'paddingLeft')));
  const [firstY, endY] = tapsInside(f, top, dilationY, group(at, 'kernelHeight'), group(at, 'mapHeight'));
  const [firstX, endX] = tapsInside(f, left, dilationX, kernelWidth, group(at, 'mapWidth'));
  f.for(plane, 0, planes, 1, () =>
    f.for(ky, firstY, endY, 1, () => {
      f.set(mapRow, i32.add(top, i32.mul(ky, dilationY)));
      const rows = windowRows(f, sizes, mapRow);
      f.for(kx, firstX, endX, 1, () => {
        f.set(mapColumn, i32.add(left, i32.mul(kx, dilationX)));
        f.set(tap, i32.add(i32.mul(ky, kernelWidth), kx));
        eachPlace(f, { row, column }, rows, windowColumns(f, sizes, mapColumn), () =>
          body(plane, tap, sourceIndex({ row, column }, { image, t, steps }, sizes)),
        );
      });
    }),
  );
}
