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
  const top = f.let(i32.sub(i32.mul(position.y, group(at, 'stride')), group(at, 'padding')));
  const left = f.let(i32.sub(i32.mul(position.x, group(at, 'stride')), group(at, 'padding')));
  const firstX = f.let(i32.max_s(i32.sub(0, left), 0));
  const endX = f.let(i32.min_s(kernelWidth, i32.sub(mapWidth, left)));
  const endY = f.let(i32.min_s(group(at, 'kernelHeight'), i32.sub(group(at, 'mapHeight'), top)));
  const ky = f.let(i32.max_s(i32.sub(0, top), 0));
  const origin = f.let(i32.add(i32.mul(position.image, group(at, 'mapPositions')), i32.add(left, firstX)));
  const [index, tap, end] = f.locals(3, 'i32');
  f.while(i32.lt_s(ky, endY), () => {
    f.set(index, i32.add(origin, i32.mul(i32.add(top, ky), mapWidth)));
    f.set(cursor.at, i32.add(cursor.base, i32.mul(index, cursor.bytes)));
    f.set(tap, i32.mul(ky, kernelWidth));
    f.set(end, i32.add(tap, endX));
    f.advance(tap, firstX);
    f.while(i32.lt_s(tap, end), () => {
      body(tap);
      f.advance(cursor.at, cursor.bytes);
      f.advance(tap, 1);
    });
    f.advance(ky, 1);
  });
}
