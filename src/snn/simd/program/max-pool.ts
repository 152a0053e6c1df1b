/**
 * @file Max pooling of spikes (law L22): a window hands on by how much the largest signed count of its neurons has grown. 32
 * channels, a word of masks, are eight vectors of int32.
 */
import {
  defineTask,
  type Expression,
  i32,
  i32x4,
  i32x4Constant,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { elementsOf, keepBits } from './bits.ts';
import type { Kernel } from './jobs.ts';
import { KERNELS } from './layouts/jobs.ts';
import { COUNTS_BYTES } from './layouts/max-pool.ts';
import { loadFields, maxPool as read } from './reader.ts';
import { divide, eachPlace, windowColumns, windowRows, windowSizes } from './source.ts';

const QUADS = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** One task = one image and word of channels, over all positions, step by step. */
export function defineMaxPool(builder: ModuleBuilder): Kernel<'maxPool'> {
  return defineTask(builder, 'maxPool', KERNELS.maxPool, (f, { task, pool: at }) => {
    const { rest: word, quotient: image } = divide(f, task, read(at, 'words'));
    const names = ['words', 'planes', 'positives', 'steps', 'mapHeight', 'mapWidth'] as const;
    const { words, planes, positives, steps, mapHeight, mapWidth } = loadFields(f, read, at, names);
    const sizes = windowSizes(f, read, at);
    const [t, y, x, row, column, position, address, counts, largest, bits, plane, first] = f.locals(
      12,
      'i32',
    );
    const best = f.locals(QUADS.length, 'v128');
    const increase = f.local('v128');
    const ownCounts = f.let(
      i32.add(read(at, 'counts'), i32.mul(i32.mul(task, sizes.sourcePositions), COUNTS_BYTES)),
    );
    const ownLargest = f.let(
      i32.add(read(at, 'largest'), i32.mul(i32.mul(task, i32.mul(mapHeight, mapWidth)), COUNTS_BYTES)),
    );
    /** The first plane of this word at a position of `positions`. */
    const wordAt = (masks: Expression<'i32'>, positions: Expression<'i32'>): Expression<'i32'> => {
      const index = i32.add(i32.mul(i32.add(i32.mul(image, positions), position), steps), t);
      return i32.add(masks, i32.shl(i32.mul(i32.add(i32.mul(index, words), word), planes), 2));
    };
    const addAll = (combine: typeof i32x4.add): void =>
      f.do(
        ...QUADS.map((q) =>
          v128.store(counts, combine(v128.load(counts, q * 16), elementsOf(bits, q * 4)), q * 16),
        ),
      );
    const keep = (fired: (grown: Local<'v128'>) => Expression<'v128'>): void => {
      f.set(bits, 0);
      for (const q of QUADS) {
        f.set(increase, i32x4.sub(best[q]!, v128.load(largest, q * 16)));
        keepBits(f, bits, fired(increase), q * 4);
      }
      f.do(i32.store(address, bits));
      f.advance(address, 4);
    };
    f.for(t, read(at, 'firstStep'), read(at, 'endStep'), 1, () => {
      f.set(counts, ownCounts);
      f.for(position, 0, sizes.sourcePositions, 1, () => {
        f.set(address, wordAt(read(at, 'masks'), sizes.sourcePositions));
        f.for(plane, 0, planes, 1, () => {
          f.set(bits, i32.load(address));
          // an element whose bit is set is -1
          f.if(bits, () =>
            f.if(
              i32.lt_s(plane, positives),
              () => addAll(i32x4.sub),
              () => addAll(i32x4.add),
            ),
          );
          f.advance(address, 4);
        });
        f.advance(counts, COUNTS_BYTES);
      });
      f.set(largest, ownLargest);
      f.set(position, 0);
      f.for(y, 0, mapHeight, 1, () => {
        const rows = windowRows(f, sizes, y);
        f.for(x, 0, mapWidth, 1, () => {
          f.set(first, 1);
          eachPlace(f, { row, column }, rows, windowColumns(f, sizes, x), () => {
            const place = i32.add(i32.mul(row, sizes.sourceWidth), column);
            f.set(counts, i32.add(ownCounts, i32.mul(place, COUNTS_BYTES)));
            f.if(
              first,
              () => {
                for (const q of QUADS) f.set(best[q]!, v128.load(counts, q * 16));
              },
              () => {
                for (const q of QUADS) f.set(best[q]!, i32x4.max_s(best[q]!, v128.load(counts, q * 16)));
              },
            );
            f.set(first, 0);
          });
          f.set(address, wordAt(read(at, 'to'), i32.mul(mapHeight, mapWidth)));
          f.for(plane, 0, positives, 1, () => keep((grown) => i32x4.gt_s(grown, i32x4.splat(plane))));
          f.if(i32.lt_s(positives, planes), () => keep((grown) => i32x4.lt_s(grown, i32x4Constant(0))));
          f.do(...QUADS.map((q) => v128.store(largest, best[q]!, q * 16)));
          f.advance(largest, COUNTS_BYTES);
          f.advance(position, 1);
        });
      });
    });
  });
}
