/**
 * @file Spikes as a map of numbers, for a matrix product: per image and step what each place of the (pooled) source map sends,
 * the sum over the window of s. One task = one image, step and row of the pooled map.
 */
import {
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { reader } from './descriptor.ts';

export const MAP_FIELDS = [
  'masks', // [images, sourcePositions, steps, words, planes]
  'words',
  'planes',
  'positives',
  'steps', // kept at once
  'now', // handled by this call, from the first on
  'sourceWidth',
  'sourcePositions',
  'pool',
  'mapHeight',
  'mapWidth',
  'channels', // of the map, a multiple of 4
  'map', // [images, now, mapHeight, mapWidth, channels]
  'table', // of byteValues
] as const;

export type MapField = (typeof MAP_FIELDS)[number];

const field = reader(MAP_FIELDS);
type Integer = Local<'i32'>;

/** [256, 8]: for each byte its bits as numbers, lowest first. */
export function byteValues(): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: 256 * 8 }, (_, i) => ((i >> 3) >> (i & 7)) & 1);
}

/** Exports `spikeMap(task, lane, descriptor)`. */
export function defineSpikeMap(builder: ModuleBuilder): void {
  builder.define('spikeMap', ['i32', 'i32', 'i32'], 'none', (f, task, _lane, at) => {
    const [low, high] = [f.local('v128'), f.local('v128')];
    const [x, dy, dx, c, plane, bits] = f.locals(6, 'i32');
    const y = f.let(i32.rem_u(task, field(at, 'mapHeight')));
    const frame = f.let(i32.div_u(task, field(at, 'mapHeight')));
    const t = f.let(i32.rem_u(frame, field(at, 'now')));
    const image = f.let(i32.div_u(frame, field(at, 'now')));
    const [pool, channels, planes, table] = (['pool', 'channels', 'planes', 'table'] as const).map((name) =>
      f.let(field(at, name)),
    ) as [Integer, Integer, Integer, Integer];
    const wordBytes = f.let(i32.shl(planes, 2));
    const slotBytes = f.let(i32.mul(field(at, 'words'), wordBytes));
    const rowFloats = i32.mul(i32.mul(task, field(at, 'mapWidth')), channels);
    const to = f.let(i32.add(field(at, 'map'), i32.shl(rowFloats, 2)));
    const positives = f.let(i32.shl(field(at, 'positives'), 2));
    f.for(x, 0, field(at, 'mapWidth'), 1, () =>
      f.for(c, 0, channels, 8, () => {
        f.set(low, f32x4Constant(0));
        f.set(high, f32x4Constant(0));
        f.for(dy, 0, pool, 1, () =>
          f.for(dx, 0, pool, 1, () => {
            const sourceRow = i32.mul(i32.add(i32.mul(y, pool), dy), field(at, 'sourceWidth'));
            const position = i32.add(sourceRow, i32.add(i32.mul(x, pool), dx));
            const neuron = i32.add(i32.mul(image, field(at, 'sourcePositions')), position);
            const slot = i32.mul(i32.add(i32.mul(neuron, field(at, 'steps')), t), slotBytes);
            const word = i32.add(i32.mul(i32.shr_u(c, 5), wordBytes), i32.and(i32.shr_u(c, 3), 3));
            f.set(bits, i32.add(i32.add(field(at, 'masks'), slot), word));
            const level = (combine: typeof f32x4.add): void => {
              const values = f.let(i32.add(table, i32.shl(i32.load8_u(i32.add(bits, plane)), 5)));
              f.set(low, combine(low, v128.load(values)));
              f.set(high, combine(high, v128.load(values, 16)));
              f.advance(plane, 4);
            };
            f.set(plane, 0);
            f.while(i32.lt_u(plane, positives), () => level(f32x4.add));
            f.while(i32.lt_u(plane, wordBytes), () => level(f32x4.sub));
          }),
        );
        f.do(v128.store(to, low));
        f.advance(to, 16);
        f.if(i32.gt_s(i32.sub(channels, c), 4), () => {
          f.do(v128.store(to, high));
          f.advance(to, 16);
        });
      }),
    );
  });
}
