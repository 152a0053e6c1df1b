/**
 * @file Spikes as a map of numbers, for a matrix product: per image and frame what each position of the (pooled) source map
 * sends, the sum over the window of s. A frame is one step, or all of them: then the numbers are counts.
 */
import {
  defineTask,
  f32x4,
  f32x4Constant,
  i32,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { loadFields, map } from './reader.ts';
import { divide, eachPlace, sourceIndex, windowColumns, windowRows, windowSizes } from './source.ts';

/** Exports `spikeMap(task, lane, map)`; one task = one image, frame and row of the pooled map. */
export function defineSpikeMap(builder: ModuleBuilder): void {
  defineTask(builder, 'spikeMap', ['map'], (f, { task, map: at }) => {
    const [low, high] = f.locals(2, 'v128');
    const [x, row, column, c, plane, bits, step] = f.locals(7, 'i32');
    const { rest: y, quotient: frame } = divide(f, task, map(at, 'mapHeight'));
    const { rest: frameOfImage, quotient: image } = divide(f, frame, map(at, 'now'));
    const together = f.let(map(at, 'together'));
    const t = f.let(i32.mul(frameOfImage, together));
    const names = ['channels', 'planes', 'table'] as const;
    const { channels, planes, table } = loadFields(f, map, at, names);
    const sizes = windowSizes(f, map, at);
    const steps = f.let(map(at, 'steps'));
    const wordBytes = f.let(i32.shl(planes, 2));
    const stepBytes = f.let(i32.mul(map(at, 'words'), wordBytes));
    const rowFloats = i32.mul(i32.mul(task, map(at, 'mapWidth')), channels);
    const to = f.let(i32.add(map(at, 'map'), i32.shl(rowFloats, 2)));
    const positives = f.let(i32.shl(map(at, 'positives'), 2));
    /** Adds or subtracts eight channels of one plane. */
    const combinePlane = (combine: typeof f32x4.add): void => {
      const values = f.let(i32.add(table, i32.shl(i32.load8_u(i32.add(bits, plane)), 5)));
      f.set(low, combine(low, v128.load(values)));
      f.set(high, combine(high, v128.load(values, 16)));
      f.advance(plane, 4);
    };
    const rows = windowRows(f, sizes, y);
    f.for(x, 0, map(at, 'mapWidth'), 1, () => {
      const columns = windowColumns(f, sizes, x);
      f.for(c, 0, channels, 8, () => {
        f.set(low, f32x4Constant(0));
        f.set(high, f32x4Constant(0));
        eachPlace(f, { row, column }, rows, columns, () => {
          const offset = i32.mul(sourceIndex({ row, column }, { image, t, steps }, sizes), stepBytes);
          const byte = i32.add(i32.mul(i32.shr_u(c, 5), wordBytes), i32.and(i32.shr_u(c, 3), 3));
          f.set(bits, i32.add(i32.add(map(at, 'masks'), offset), byte));
          f.for(step, 0, together, 1, () => {
            f.set(plane, 0);
            f.while(i32.lt_u(plane, positives), () => combinePlane(f32x4.add));
            f.while(i32.lt_u(plane, wordBytes), () => combinePlane(f32x4.sub));
            f.advance(bits, stepBytes);
          });
        });
        f.do(v128.store(to, low));
        f.advance(to, 16);
        f.if(i32.gt_s(i32.sub(channels, c), 4), () => {
          f.do(v128.store(to, high));
          f.advance(to, 16);
        });
      });
    });
  });
}
