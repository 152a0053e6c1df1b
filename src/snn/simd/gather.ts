/**
 * @file The work of the event engine: for one output position and one block of channels, held in registers, add the
 * weight rows of the inputs that fired (+1), subtract those of the inputs that fired (-1). Nothing is multiplied.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  i32,
  i32x4,
  i32x4Constant,
  type Local,
  select,
  v128,
} from '../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, reader } from './descriptor.ts';

const group = reader(GROUP_FIELDS);

/** Where a gather is: the registers and the place in the output. */
export interface Place {
  readonly sums: readonly Local<'v128'>[];
  readonly y: Local<'i32'>;
  readonly x: Local<'i32'>;
  readonly block: Local<'i32'>;
  /** image * T + t, or the image alone for pixels. */
  readonly moment: Local<'i32'>;
  /** Address of the group's descriptor. */
  readonly group: Local<'i32'>;
}

/** Runs through a group's taps that lie inside the map; cursors (address, bytes per position) move along. */
function eachTap(
  f: FunctionBuilder,
  place: Place,
  rowBytes: number,
  cursors: readonly { readonly at: Local<'i32'>; readonly base: Value; readonly bytes: Local<'i32'> }[],
  body: (weights: Local<'i32'>) => void,
): void {
  const at = place.group;
  const i = (value: Value): Local<'i32'> => f.local('i32', value);
  const mapWidth = i(group(at, 'mapWidth'));
  const kernelWidth = i(group(at, 'kernelWidth'));
  const tapBytes = i(i32.mul(group(at, 'inChannels'), rowBytes));
  const block = i(i32.add(group(at, 'weights'), i32.mul(place.block, group(at, 'blockBytes'))));
  const top = i(i32.sub(i32.mul(place.y, group(at, 'stride')), group(at, 'padding')));
  const left = i(i32.sub(i32.mul(place.x, group(at, 'stride')), group(at, 'padding')));
  const firstX = i(atLeastZero(i32.sub(0, left)));
  const endX = i(smaller(kernelWidth, i32.sub(mapWidth, left)));
  const endY = i(smaller(group(at, 'kernelHeight'), i32.sub(group(at, 'mapHeight'), top)));
  const ky = i(atLeastZero(i32.sub(0, top)));
  const origin = i(i32.add(i32.mul(place.moment, group(at, 'mapPositions')), i32.add(left, firstX)));
  const kx = f.local('i32');
  const index = f.local('i32');
  const weights = f.local('i32');
  f.while(i32.lt_s(ky, endY), () => {
    f.set(index, i32.add(origin, i32.mul(i32.add(top, ky), mapWidth)));
    for (const cursor of cursors) f.set(cursor.at, i32.add(cursor.base, i32.mul(index, cursor.bytes)));
    f.set(weights, i32.add(block, i32.mul(i32.add(i32.mul(ky, kernelWidth), firstX), tapBytes)));
    f.set(kx, firstX);
    f.while(i32.lt_s(kx, endX), () => {
      body(weights);
      for (const cursor of cursors) f.advance(cursor.at, cursor.bytes);
      f.advance(weights, tapBytes);
      f.advance(kx, 1);
    });
    f.advance(ky, 1);
  });
}

type Value = Expression<'i32'>;
const atLeastZero = (value: Value): Value => select('i32', value, 0, i32.gt_s(value, 0));
const smaller = (a: Value, b: Value): Value => select('i32', a, b, i32.lt_s(a, b));

export function gatherSpikes(f: FunctionBuilder, place: Place): void {
  const { sums, group: at } = place;
  const rowBytes = sums.length * 16;
  const [count, slot, list, turn, end, weightRow] = f.locals(6, 'i32') as [
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
  ];
  const cursors = [
    { at: count, base: group(at, 'counts'), bytes: f.local('i32', 8) },
    { at: slot, base: group(at, 'lists'), bytes: f.local('i32', group(at, 'slotBytes')) },
  ];
  eachTap(f, place, rowBytes, cursors, (weights) => {
    f.set(turn, i32.add(slot, i32.load(count)));
    f.set(end, i32.add(slot, i32.load(count, 4)));
    f.set(list, slot);
    for (const [limit, combine] of [
      [turn, f32x4.add],
      [end, f32x4.sub],
    ] as const) {
      f.while(i32.lt_u(list, limit), () => {
        f.set(weightRow, i32.add(weights, i32.mul(i32.load16_u(list), rowBytes)));
        sums.forEach((sum, r) => {
          f.set(sum, combine(sum, v128.load(weightRow, r * 16)));
        });
        f.advance(list, 2);
      });
    }
  });
}

/** Pixels times weights, in the order of channels: product and sum are rounded apart, as in the definition. */
export function gatherPixels(f: FunctionBuilder, place: Place): void {
  const { sums, group: at } = place;
  const rowBytes = sums.length * 16;
  const [slot, pixel, end, weightRow] = f.locals(4, 'i32') as [
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
  ];
  const value = f.local('v128');
  const bytes = f.local('i32', group(at, 'slotBytes'));
  eachTap(f, place, rowBytes, [{ at: slot, base: group(at, 'lists'), bytes }], (weights) => {
    f.set(pixel, slot);
    f.set(end, i32.add(slot, bytes));
    f.set(weightRow, weights);
    f.while(i32.lt_u(pixel, end), () => {
      f.set(value, v128.load32_splat(pixel));
      sums.forEach((sum, r) => {
        f.set(sum, f32x4.add(sum, f32x4.mul(value, v128.load(weightRow, r * 16))));
      });
      f.advance(pixel, 4);
      f.advance(weightRow, rowBytes);
    });
  });
}

/** An identity: adds the spike's height to the channel that fired; reads the source's bit words. */
export function gatherIdentity(f: FunctionBuilder, place: Place, blocks: Expression<'i32'>): void {
  const { sums, group: at } = place;
  const heights = f.local(
    'i32',
    i32.add(group(at, 'weights'), i32.mul(place.block, group(at, 'blockBytes'))),
  );
  const [dy, dx, word, address] = f.locals(4, 'i32') as [
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
  ];
  const pool = group(at, 'pool');
  for (const [half, combine] of [
    [0, f32x4.add],
    [1, f32x4.sub],
  ] as const) {
    f.for(dy, 0, pool, 1, () =>
      f.for(dx, 0, pool, 1, () => {
        const sourceY = i32.add(i32.mul(place.y, pool), dy);
        const sourceX = i32.add(i32.mul(place.x, pool), dx);
        const position = i32.add(i32.mul(sourceY, group(at, 'sourceWidth')), sourceX);
        const index = i32.add(i32.mul(place.moment, group(at, 'sourcePositions')), position);
        f.set(address, i32.shl(i32.add(i32.mul(index, blocks), place.block), 3));
        f.set(word, i32.load(i32.add(group(at, 'lists'), address), half * 4));
        f.if(word, () => {
          sums.forEach((sum, r) => {
            const bits = v128.and(
              i32x4.splat(word),
              i32x4Constant(1 << (4 * r), 2 << (4 * r), 4 << (4 * r), 8 << (4 * r)),
            );
            const fired = i32x4.ne(bits, i32x4Constant(0));
            f.set(sum, combine(sum, v128.and(fired, v128.load(heights, r * 16))));
          });
        });
      }),
    );
  }
}
