/**
 * @file What each output position reads, as one list: the spikes of all its taps, level by level (+1, then -1), as rows of the
 * weights (tap * inChannels + channel). Made once and read by every block of channels.
 */
import { i16x8, i32, type Local, type ModuleBuilder, v128 } from '../../../kernels/assembler/assembler.ts';
import { GROUP_FIELDS, reader } from './descriptor.ts';
import type { Kernel } from './jobs.ts';
import { atLeastZero, smaller } from './taps.ts';

const group = reader(GROUP_FIELDS);
type Integer = Local<'i32'>;

/** A list may be written this many bytes beyond its end: eight entries are copied at once. */
export const OVERRUN = 16;

/**
 * Exports `merge(task, lane, group, height, width, steps, firstStep, endStep, page)`; one task = one image and output row.
 * page: where in the row's room the lists begin, in bytes.
 */
export function defineMerge(builder: ModuleBuilder): Kernel {
  const parameters = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'] as const;
  return builder.define(
    'merge',
    parameters,
    'none',
    (f, task, _lane, at, height, width, steps, firstStep, endStep, page) => {
      const y = f.let(i32.rem_u(task, height));
      const image = f.let(i32.div_u(task, height));
      const [x, t, ky, left, firstX, endX, list, entry, source, from, to, end, plane] = f.locals(13, 'i32');
      const shift = f.local('v128');
      const [inChannels, kernelWidth, mapWidth, mapHeight, planes, positives] = (
        ['inChannels', 'kernelWidth', 'mapWidth', 'mapHeight', 'planes', 'positives'] as const
      ).map((field) => f.let(group(at, field))) as [Integer, Integer, Integer, Integer, Integer, Integer];
      const top = f.let(i32.sub(i32.mul(y, group(at, 'stride')), group(at, 'padding')));
      const firstY = f.let(atLeastZero(i32.sub(0, top)));
      const endY = f.let(smaller(group(at, 'kernelHeight'), i32.sub(mapHeight, top)));
      const first = f.let(i32.mul(i32.mul(task, width), steps));
      const entries = f.let(group(at, 'entries'));
      const lineBytes = f.let(i32.shl(i32.add(mapWidth, 1), 2));
      f.set(list, i32.add(group(at, 'rowLists'), i32.add(page, i32.mul(task, group(at, 'rowBytes')))));
      f.for(x, 0, width, 1, () => {
        f.set(
          entry,
          i32.add(group(at, 'rowEntries'), i32.shl(i32.add(i32.add(first, firstStep), i32.mul(x, steps)), 4)),
        );
        f.set(left, i32.sub(i32.mul(x, group(at, 'stride')), group(at, 'padding')));
        f.set(firstX, i32.shl(atLeastZero(left), 2));
        f.set(endX, i32.shl(smaller(i32.add(left, kernelWidth), mapWidth), 2));
        f.for(t, firstStep, endStep, 1, () => {
          f.do(i32.store(entry, list));
          f.for(plane, 0, planes, 1, () => {
            f.for(ky, firstY, endY, 1, () => {
              const row = i32.add(i32.mul(image, mapHeight), i32.add(top, ky));
              const line = i32.add(i32.mul(i32.add(i32.mul(row, steps), t), planes), plane);
              f.set(source, i32.add(entries, i32.mul(line, lineBytes)));
              f.set(from, i32.load(i32.add(source, firstX)));
              f.set(end, i32.load(i32.add(source, endX)));
              f.if(i32.lt_u(from, end), () => {
                // from column * channels + channel to tap * channels + channel
                f.set(shift, i16x8.splat(i32.mul(i32.sub(i32.mul(ky, kernelWidth), left), inChannels)));
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
            f.if(i32.lt_s(plane, positives), () => f.do(i32.store(entry, list, 4)));
            f.do(i32.store(entry, list, 8));
          });
          f.advance(entry, 16);
        });
      });
    },
  );
}
