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

/** Runs `body(position, weights)` for each tap inside the map; weights is the address of the tap's first row. */
function eachTap(
  f: FunctionBuilder,
  place: Place,
  rowBytes: number,
  body: (position: Local<'i32'>, weights: Local<'i32'>) => void,
): void {
  const at = place.group;
  const [ky, kx, inY, inX, position, weights] = f.locals(6, 'i32') as [
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
    Local<'i32'>,
  ];
  const tapBytes = f.local('i32', i32.mul(group(at, 'inChannels'), rowBytes));
  f.set(weights, i32.add(group(at, 'weights'), i32.mul(place.block, group(at, 'blockBytes'))));
  f.set(inY, i32.sub(i32.mul(place.y, group(at, 'stride')), group(at, 'padding')));
  f.for(ky, 0, group(at, 'kernelHeight'), 1, () => {
    f.set(inX, i32.sub(i32.mul(place.x, group(at, 'stride')), group(at, 'padding')));
    f.for(kx, 0, group(at, 'kernelWidth'), 1, () => {
      // one unsigned comparison also turns negative places away
      f.if(i32.and(i32.lt_u(inY, group(at, 'mapHeight')), i32.lt_u(inX, group(at, 'mapWidth'))), () => {
        f.set(position, i32.add(i32.mul(inY, group(at, 'mapWidth')), inX));
        body(position, weights);
      });
      f.advance(inX, 1);
      f.advance(weights, tapBytes);
    });
    f.advance(inY, 1);
  });
}

export function gatherSpikes(f: FunctionBuilder, place: Place): void {
  const { sums, group: at } = place;
  const rowBytes = sums.length * 16;
  const slot = f.local('i32');
  const count = f.local('i32');
  const list = f.local('i32');
  const turn = f.local('i32');
  const end = f.local('i32');
  const weightRow = f.local('i32');
  eachTap(f, place, rowBytes, (position, weights) => {
    f.set(slot, i32.add(i32.mul(place.moment, group(at, 'mapPositions')), position));
    f.set(count, i32.add(group(at, 'counts'), i32.shl(slot, 3)));
    f.set(list, i32.add(group(at, 'lists'), i32.mul(slot, group(at, 'slotBytes'))));
    f.set(turn, i32.add(list, i32.shl(i32.load(count), 1)));
    f.set(end, i32.add(list, i32.shl(i32.load(count, 4), 1)));
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
  const pixel = f.local('i32');
  const end = f.local('i32');
  const weightRow = f.local('i32');
  const value = f.local('v128');
  eachTap(f, place, rowBytes, (position, weights) => {
    f.set(
      pixel,
      i32.add(
        group(at, 'lists'),
        i32.mul(i32.add(i32.mul(place.moment, group(at, 'mapPositions')), position), group(at, 'slotBytes')),
      ),
    );
    f.set(end, i32.add(pixel, i32.shl(group(at, 'inChannels'), 2)));
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
