/**
 * @file What each output position reads, as one list: the spikes of all its taps, +1 first, then -1, as rows of the
 * weights (tap * inChannels + channel). Made once and read by every block of channels.
 */
import { i16x8, i32, type Local, type ModuleBuilder, v128 } from '../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, reader } from './descriptor.ts';
import { eachTap } from './taps.ts';

const group = reader(GROUP_FIELDS);

/** A list may be written this many bytes beyond its end: eight entries are copied at once. */
export const OVERRUN = 16;

/** Exports `merge(task, lane, group, height, width, steps, stepsNow)`; one task = one image and output row. */
export function defineMerge(builder: ModuleBuilder): void {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  builder.define('merge', parameters, 'none', (f, task, _lane, at, height, width, steps, stepsNow) => {
    const i = (value: Parameters<typeof i32.add>[0]): Local<'i32'> => f.local('i32', value);
    const y = i(i32.rem_u(task, height));
    const image = i(i32.div_u(task, height));
    const [x, t, list, entry, source, from, to, end] = f.locals(8, 'i32') as [
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
      Local<'i32'>,
    ];
    const shift = f.local('v128');
    const inChannels = i(group(at, 'inChannels'));
    const first = i(i32.mul(i32.mul(i32.add(i32.mul(image, height), y), width), steps));
    const bytes = i(i32.shl(steps, 4));
    const base = i32.add(group(at, 'entries'), i32.shl(t, 4));
    f.set(list, i32.add(group(at, 'rowLists'), i32.mul(first, group(at, 'rowBytes'))));
    f.for(x, 0, width, 1, () => {
      f.set(entry, i32.add(group(at, 'rowEntries'), i32.shl(i32.add(first, i32.mul(x, steps)), 4)));
      f.for(t, 0, stepsNow, 1, () => {
        f.do(i32.store(entry, list));
        for (const half of [0, 4]) {
          eachTap(f, at, { y, x, image }, [{ at: source, base, bytes }], (tap) => {
            f.set(from, i32.load(source, half));
            f.set(end, i32.load(source, 4 + half));
            f.if(i32.lt_u(from, end), () => {
              f.set(shift, i16x8.splat(i32.mul(tap, inChannels)));
              f.set(to, list);
              f.advance(list, i32.sub(end, from));
              f.loop((again) => {
                f.do(v128.store(to, i16x8.add(v128.load(from), shift)));
                f.advance(from, 16);
                f.advance(to, 16);
                f.branchIf(again, i32.lt_u(to, list));
              });
            });
          });
          f.do(i32.store(entry, list, 4 + half));
        }
        f.advance(entry, 16);
      });
    });
  });
}
