/**
 * @file The taps of one output position that lie inside the map.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
} from '../../../kernels/assembler/assembler.ts';
import { group } from './reader.ts';

type Integer = Local<'i32'>;

/** An address that moves along with the position read: base + bytes * (image * mapPositions + position). */
export interface Cursor {
  readonly at: Integer;
  readonly base: Expression<'i32'>;
  readonly bytes: Integer;
}

/** The first tap whose place, first + tap * dilation, lies in 0..length - 1, and the end of those that do. */
export function tapsInside(
  f: FunctionBuilder,
  first: Integer,
  dilation: Integer,
  taps: Expression<'i32'>,
  length: Expression<'i32'>,
): readonly [Integer, Integer] {
  const up = (distance: Expression<'i32'>): Expression<'i32'> =>
    i32.div_u(i32.add(i32.max_s(distance, 0), i32.sub(dilation, 1)), dilation);
  const begin = f.let(up(i32.sub(0, first)));
  return [begin, f.let(i32.min_s(taps, up(i32.sub(length, first))))];
}

/** Runs body(tap) with tap = ky * kernelWidth + kx, in that order, and the cursor set. */
export function tapLoop(
  f: FunctionBuilder,
  at: Integer,
  position: { readonly y: Integer; readonly x: Integer; readonly image: Integer },
  cursor: Cursor,
  body: (tap: Integer) => void,
): void {
  const mapWidth = f.let(group(at, 'mapWidth'));
  const kernelWidth = f.let(group(at, 'kernelWidth'));
  const top = f.let(i32.sub(i32.mul(position.y, group(at, 'strideY')), group(at, 'paddingTop')));
  const left = f.let(i32.sub(i32.mul(position.x, group(at, 'strideX')), group(at, 'paddingLeft')));
  const dilationX = f.let(group(at, 'dilationX'));
  const dilationY = f.let(group(at, 'dilationY'));
  const [firstX, endX] = tapsInside(f, left, dilationX, kernelWidth, mapWidth);
  const [ky, endY] = tapsInside(f, top, dilationY, group(at, 'kernelHeight'), group(at, 'mapHeight'));
  const column = i32.add(left, i32.mul(firstX, dilationX));
  const origin = f.let(i32.add(i32.mul(position.image, group(at, 'mapPositions')), column));
  const stepBytes = f.let(i32.mul(cursor.bytes, dilationX));
  const [index, tap, end] = f.locals(3, 'i32');
  f.while(i32.lt_s(ky, endY), () => {
    f.set(index, i32.add(origin, i32.mul(i32.add(top, i32.mul(ky, dilationY)), mapWidth)));
    f.set(cursor.at, i32.add(cursor.base, i32.mul(index, cursor.bytes)));
    f.set(tap, i32.mul(ky, kernelWidth));
    f.set(end, i32.add(tap, endX));
    f.advance(tap, firstX);
    f.while(i32.lt_s(tap, end), () => {
      body(tap);
      f.advance(cursor.at, stepBytes);
      f.advance(tap, 1);
    });
    f.advance(ky, 1);
  });
}
