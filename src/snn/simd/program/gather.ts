/**
 * @file The work of the event engine: for one output position and one block of channels, held in registers, add the
 * weight rows of the inputs that fired (+1; twice where it sent two), subtract those of the inputs that fired (-1). Nothing is multiplied.
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
} from '../../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, reader } from './descriptor.ts';
import { eachTap } from './taps.ts';

const group = reader(GROUP_FIELDS);

/** Where a gather is: the registers and the place in the output. */
export interface Place {
  readonly sums: readonly Local<'v128'>[];
  readonly y: Local<'i32'>;
  readonly x: Local<'i32'>;
  readonly block: Local<'i32'>;
  readonly image: Local<'i32'>;
  readonly t: Local<'i32'>;
  /** Steps kept of a neuron. */
  readonly steps: Expression<'i32'>;
  /** (image * positions + position) * steps + t. */
  readonly slot: Local<'i32'>;
  /** Address of the group's descriptor. */
  readonly group: Local<'i32'>;
}

const weightsOf = ({ group: at, block }: Place): Expression<'i32'> =>
  i32.add(group(at, 'weights'), i32.mul(block, group(at, 'blockBytes')));

export function gatherSpikes(f: FunctionBuilder, place: Place): void {
  const { sums, group: at, slot } = place;
  const entry = f.let(i32.add(group(at, 'rowEntries'), i32.shl(slot, 4)));
  const list = f.let(i32.load(entry));
  const turn = f.let(i32.load(entry, 4));
  const end = f.let(i32.load(entry, 8));
  const weights = f.let(weightsOf(place));
  const row = f.local('i32');
  for (const [limit, combine] of [
    [turn, f32x4.add],
    [end, f32x4.sub],
  ] as const) {
    f.while(i32.lt_u(list, limit), () => {
      f.set(row, i32.add(weights, i32.mul(i32.load16_u(list), sums.length * 16)));
      sums.forEach((sum, r) => {
        f.set(sum, combine(sum, v128.load(row, r * 16)));
      });
      f.advance(list, 2);
    });
  }
}

/** Pixels times weights, in the order of taps and channels: product and sum are rounded apart, as in the definition. */
export function gatherPixels(f: FunctionBuilder, place: Place): void {
  const { sums, group: at } = place;
  const rowBytes = sums.length * 16;
  const [pixels, pixel, end, row] = f.locals(4, 'i32');
  const value = f.local('v128');
  const weights = f.let(weightsOf(place));
  const bytes = f.let(group(at, 'slotBytes'));
  eachTap(f, at, place, [{ at: pixels, base: group(at, 'lists'), bytes }], (tap) => {
    f.set(pixel, pixels);
    f.set(end, i32.add(pixels, bytes));
    f.set(row, i32.add(weights, i32.mul(tap, i32.mul(group(at, 'inChannels'), rowBytes))));
    f.while(i32.lt_u(pixel, end), () => {
      f.set(value, v128.load32_splat(pixel));
      sums.forEach((sum, r) => {
        f.set(sum, f32x4.add(sum, f32x4.mul(value, v128.load(row, r * 16))));
      });
      f.advance(pixel, 4);
      f.advance(row, rowBytes);
    });
  });
}

/** Currents that a matrix product has put ready for steps 0..now-1. */
export function gatherProduct(f: FunctionBuilder, place: Place, now: Expression<'i32'>): void {
  const { sums, group: at } = place;
  const frame = i32.add(i32.mul(place.image, now), place.t);
  const position = i32.add(i32.mul(place.y, group(at, 'mapWidth')), place.x);
  const index = i32.add(i32.mul(frame, group(at, 'mapPositions')), position);
  const block = i32.add(group(at, 'lists'), i32.shl(place.block, 7));
  const from = f.let(i32.add(block, i32.mul(index, group(at, 'slotBytes'))));
  sums.forEach((sum, r) => {
    f.set(sum, f32x4.add(sum, v128.load(from, r * 16)));
  });
}

/** An identity: adds the spike's height to the channel that fired; reads the source's bit words. */
export function gatherIdentity(f: FunctionBuilder, place: Place, blocks: Expression<'i32'>): void {
  const { sums, group: at } = place;
  const heights = f.let(i32.add(group(at, 'weights'), i32.mul(place.block, group(at, 'blockBytes'))));
  const [dy, dx, word, address, plane] = f.locals(5, 'i32');
  const pool = group(at, 'pool');
  const planes = f.let(group(at, 'planes'));
  const combineAll = (combine: typeof f32x4.add): void =>
    sums.forEach((sum, r) => {
      const bits = v128.and(
        i32x4.splat(word),
        i32x4Constant(1 << (4 * r), 2 << (4 * r), 4 << (4 * r), 8 << (4 * r)),
      );
      const fired = i32x4.ne(bits, i32x4Constant(0));
      f.set(sum, combine(sum, v128.and(fired, v128.load(heights, r * 16))));
    });
  f.for(plane, 0, planes, 1, () =>
    f.for(dy, 0, pool, 1, () =>
      f.for(dx, 0, pool, 1, () => {
        const sourceY = i32.add(i32.mul(place.y, pool), dy);
        const sourceX = i32.add(i32.mul(place.x, pool), dx);
        const position = i32.add(i32.mul(sourceY, group(at, 'sourceWidth')), sourceX);
        const neuron = i32.add(i32.mul(place.image, group(at, 'sourcePositions')), position);
        const index = i32.add(i32.mul(neuron, place.steps), place.t);
        f.set(address, i32.mul(i32.add(i32.mul(index, blocks), place.block), planes));
        f.set(address, i32.shl(i32.add(address, plane), 2));
        f.set(word, i32.load(i32.add(group(at, 'lists'), address)));
        f.if(word, () =>
          f.if(
            i32.lt_s(plane, group(at, 'positives')),
            () => combineAll(f32x4.add),
            () => combineAll(f32x4.sub),
          ),
        );
      }),
    ),
  );
}
