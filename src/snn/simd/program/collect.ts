/**
 * @file From words of masks to lists of spikes: per step the spikes of all positions of a row, plane by plane (+1, then
 * -1), each as column * channels + channel (over a window: that of the pooled column).
 */
import {
  defineTask,
  type FunctionBuilder,
  i16x8,
  i32,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import type { Kernel } from './jobs.ts';
import { KERNELS } from './layouts/jobs.ts';
import { loadFields, queue } from './reader.ts';
import { divide, eachPlace, sourceIndex, windowColumns, windowRows, windowSizes } from './source.ts';

/** One task = one image and row of the pooled map. */
export function defineCollect(builder: ModuleBuilder): Kernel<'collect'> {
  return defineTask(builder, 'collect', KERNELS.collect, (f, { task, queue: at }) => {
    const { rest: y, quotient: image } = divide(f, task, queue(at, 'mapHeight'));
    const names = ['mapWidth', 'steps', 'words', 'channels'] as const;
    const { mapWidth: width, steps, words, channels } = loadFields(f, queue, at, names);
    const sizes = windowSizes(f, queue, at);
    const rows = windowRows(f, sizes, y);
    const planeBytes = f.let(i32.shl(queue(at, 'planes'), 2));
    const lineBytes = f.let(i32.mul(words, planeBytes));
    const bitIndices = f.let(queue(at, 'bitIndices'));
    const base = f.local('v128');
    const [x, t, row, column, word, from, end, bits, plane] = f.locals(9, 'i32');
    const first = f.let(i32.add(i32.mul(task, steps), queue(at, 'firstStep')));
    const listBytes = i32.mul(i32.mul(first, width), queue(at, 'positionBytes'));
    const list = f.let(i32.add(queue(at, 'lists'), listBytes));
    const entries = i32.mul(i32.mul(first, i32.add(width, 1)), planeBytes);
    const entry = f.let(i32.add(queue(at, 'entries'), entries));
    f.for(t, queue(at, 'firstStep'), queue(at, 'endStep'), 1, () => {
      f.set(plane, 0);
      f.while(i32.lt_u(plane, planeBytes), () => {
        f.for(x, 0, width, 1, () => {
          f.do(i32.store(entry, list));
          f.advance(entry, 4);
          eachPlace(f, { row, column }, rows, windowColumns(f, sizes, x), () => {
            const index = sourceIndex({ row, column }, { image, t, steps }, sizes);
            f.set(from, i32.add(i32.add(queue(at, 'masks'), plane), i32.mul(index, lineBytes)));
            f.set(end, i32.add(from, lineBytes));
            f.set(base, i16x8.splat(i32.mul(x, channels)));
            f.while(i32.lt_u(from, end), () => {
              f.set(word, i32.load(from));
              appendIndices(f, { word, bits, bitIndices, list }, base);
              f.advance(from, planeBytes);
            });
          });
        });
        f.do(i32.store(entry, list));
        f.advance(entry, 4);
        f.advance(plane, 4);
      });
    });
  });
}

/**
 * Appends base + index for every bit that is set in the word, then adds 32 to base. Eight indices at a time come from a table
 * (bitIndexTable), so that no branch depends on the spikes and none can be mispredicted.
 */
function appendIndices(
  f: FunctionBuilder,
  { word, bits, bitIndices, list }: Readonly<Record<'word' | 'bits' | 'bitIndices' | 'list', Local<'i32'>>>,
  base: Local<'v128'>,
): void {
  for (let byte = 0; byte < 4; byte++) {
    f.set(bits, i32.and(i32.shr_u(word, byte * 8), 255));
    const ones = v128.load(i32.add(bitIndices, i32.shl(bits, 4)));
    f.do(v128.store(list, i16x8.add(ones, base)));
    f.advance(list, i32.shl(i32.popcnt(bits), 1));
    f.set(base, i16x8.add(base, i16x8.splat(8)));
  }
}
