/**
 * @file The work of the event engine: for one output position and one block of channels, held in registers, add the
 * weight rows of the inputs that fired +1 (twice where an input sent two), subtract those of the inputs that fired -1.
 * Nothing is multiplied.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  i32,
  type Local,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { elementsOf } from './bits.ts';
import { eachTapOfDepthwise } from './depthwise.ts';
import { BLOCK_BYTES } from './layouts/layer.ts';
import { group } from './reader.ts';
import { blockWeights, readRowList } from './row-list.ts';
import { eachPlace, sourceIndex, windowColumns, windowRows, windowSizes } from './source.ts';
import { tapLoop } from './tap-loop.ts';

/** What a gather adds to: the registers of a block of channels, at one output position and step. */
export interface Target {
  readonly sums: readonly Local<'v128'>[];
  readonly y: Local<'i32'>;
  readonly x: Local<'i32'>;
  readonly block: Local<'i32'>;
  readonly image: Local<'i32'>;
  readonly t: Local<'i32'>;
  /** Steps held of a neuron. */
  readonly steps: Expression<'i32'>;
  /** (image * positions + position) * steps + t. */
  readonly index: Local<'i32'>;
  /** Address of the group's descriptor. */
  readonly group: Local<'i32'>;
}

export function gatherSpikes(f: FunctionBuilder, { sums, group: at, block, index }: Target): void {
  const { list, negatives, end } = readRowList(f, at, index);
  const weights = f.let(blockWeights(at, block));
  const row = f.local('i32');
  for (const [limit, combine] of [
    [negatives, f32x4.add],
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

/** Pixels times weights, in the order of taps and channels: product and sum are rounded separately, as in the definition. */
export function gatherPixels(f: FunctionBuilder, target: Target): void {
  const { sums, group: at, block } = target;
  const rowBytes = sums.length * 16;
  const [pixels, pixel, end, row] = f.locals(4, 'i32');
  const value = f.local('v128');
  const weights = f.let(blockWeights(at, block));
  const bytes = f.let(group(at, 'positionBytes'));
  tapLoop(f, at, target, { at: pixels, base: group(at, 'lists'), bytes }, (tap) => {
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

/** Currents that a matrix product has computed for steps 0..now-1. */
export function gatherProduct(f: FunctionBuilder, target: Target, now: Expression<'i32'>): void {
  const { sums, group: at } = target;
  const frame = i32.add(i32.mul(target.image, now), target.t);
  const position = i32.add(i32.mul(target.y, group(at, 'mapWidth')), target.x);
  const index = i32.add(i32.mul(frame, group(at, 'mapPositions')), position);
  const block = i32.add(group(at, 'lists'), i32.shl(target.block, Math.log2(BLOCK_BYTES)));
  const from = f.let(i32.add(block, i32.mul(index, group(at, 'positionBytes'))));
  sums.forEach((sum, r) => {
    f.set(sum, f32x4.add(sum, v128.load(from, r * 16)));
  });
}

/** Each channel by itself: adds the tap's weights of the channels that fired. */
export function gatherDepthwise(f: FunctionBuilder, target: Target, words: Expression<'i32'>): void {
  const { sums, group: at, block } = target;
  const weights = f.let(blockWeights(at, block));
  const planes = f.let(group(at, 'planes'));
  const [word, address, row] = f.locals(3, 'i32');
  const combineAll = (combine: typeof f32x4.add): void =>
    sums.forEach((sum, r) => {
      f.set(sum, combine(sum, v128.and(elementsOf(word, 4 * r), v128.load(row, r * 16))));
    });
  eachTapOfDepthwise(f, at, target, planes, (plane, tap, index) => {
    f.set(address, i32.mul(i32.add(i32.mul(index, words), block), planes));
    f.set(address, i32.shl(i32.add(address, plane), 2));
    f.set(word, i32.load(i32.add(group(at, 'lists'), address)));
    f.if(word, () => {
      f.set(row, i32.add(weights, i32.mul(tap, sums.length * 16)));
      f.if(
        i32.lt_s(plane, group(at, 'positives')),
        () => combineAll(f32x4.add),
        () => combineAll(f32x4.sub),
      );
    });
  });
}

/** An identity: adds the spike's height to the channel that fired; reads the source's words of masks. */
export function gatherIdentity(f: FunctionBuilder, target: Target, words: Expression<'i32'>): void {
  const { sums, group: at, block, steps } = target;
  const heights = f.let(blockWeights(at, block));
  const [row, column, word, address, plane] = f.locals(5, 'i32');
  const planes = f.let(group(at, 'planes'));
  const sizes = windowSizes(f, group, at);
  const combineAll = (combine: typeof f32x4.add): void =>
    sums.forEach((sum, r) => {
      f.set(sum, combine(sum, v128.and(elementsOf(word, 4 * r), v128.load(heights, r * 16))));
    });
  const [rows, columns] = [windowRows(f, sizes, target.y), windowColumns(f, sizes, target.x)];
  f.for(plane, 0, planes, 1, () =>
    eachPlace(f, { row, column }, rows, columns, () => {
      const index = sourceIndex({ row, column }, { ...target, steps }, sizes);
      f.set(address, i32.mul(i32.add(i32.mul(index, words), block), planes));
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
  );
}
