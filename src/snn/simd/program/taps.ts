/**
 * @file The taps of one output position that lie inside the map.
 */
import {
  type Expression,
  type FunctionBuilder,
  i32,
  type Local,
  select,
} from '../../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, reader } from './descriptor.ts';

type Value = Expression<'i32'>;

/** An address that moves along with the position read: base + bytes * (image * mapPositions + position). */
export interface Cursor {
  readonly at: Local<'i32'>;
  readonly base: Value;
  readonly bytes: Local<'i32'>;
}

const group = reader(GROUP_FIELDS);
export const atLeastZero = (value: Value): Value => select('i32', value, 0, i32.gt_s(value, 0));
export const smaller = (a: Value, b: Value): Value => select('i32', a, b, i32.lt_s(a, b));

/** Runs body(tap) with tap = ky * kernelWidth + kx, in that order, and the cursors set. */
export function eachTap(
  f: FunctionBuilder,
  at: Local<'i32'>,
  place: { readonly y: Local<'i32'>; readonly x: Local<'i32'>; readonly image: Local<'i32'> },
  cursors: readonly Cursor[],
  body: (tap: Local<'i32'>) => void,
): void {
  const mapWidth = f.let(group(at, 'mapWidth'));
  const kernelWidth = f.let(group(at, 'kernelWidth'));
  const top = f.let(i32.sub(i32.mul(place.y, group(at, 'stride')), group(at, 'padding')));
  const left = f.let(i32.sub(i32.mul(place.x, group(at, 'stride')), group(at, 'padding')));
  const firstX = f.let(atLeastZero(i32.sub(0, left)));
  const endX = f.let(smaller(kernelWidth, i32.sub(mapWidth, left)));
  const endY = f.let(smaller(group(at, 'kernelHeight'), i32.sub(group(at, 'mapHeight'), top)));
  const ky = f.let(atLeastZero(i32.sub(0, top)));
  const origin = f.let(i32.add(i32.mul(place.image, group(at, 'mapPositions')), i32.add(left, firstX)));
  const [index, tap, end] = f.locals(3, 'i32');
  f.while(i32.lt_s(ky, endY), () => {
    f.set(index, i32.add(origin, i32.mul(i32.add(top, ky), mapWidth)));
    for (const cursor of cursors) f.set(cursor.at, i32.add(cursor.base, i32.mul(index, cursor.bytes)));
    f.set(tap, i32.mul(ky, kernelWidth));
    f.set(end, i32.add(tap, endX));
    f.advance(tap, firstX);
    f.while(i32.lt_s(tap, end), () => {
      body(tap);
      for (const cursor of cursors) f.advance(cursor.at, cursor.bytes);
      f.advance(tap, 1);
    });
    f.advance(ky, 1);
  });
}
