/**
 * @file What each output position reads, as one list: the spikes of all its taps, plane by plane (+1, then -1), as rows of
 * the weights (tap * inChannels + channel). Made once and read by every block of channels.
 */
import {
  defineTask,
  type Expression,
  type FunctionBuilder,
  i16x8,
  i32,
  type Local,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import type { Kernel } from './jobs.ts';
import { ROW_ENTRY_BYTES } from './layouts/group.ts';
import { KERNELS } from './layouts/jobs.ts';
import { group, loadFields } from './reader.ts';
import { rowEntry } from './row-list.ts';
import { divide } from './source.ts';
import { tapsInside } from './tap-loop.ts';

type Integer = Local<'i32'>;

/** One task = one image and output row. page: bytes from the row's memory to where its lists begin. */
export function defineMerge(builder: ModuleBuilder): Kernel<'merge'> {
  return defineTask(builder, 'merge', KERNELS.merge, (f, p) => {
    const { task, group: at, width, steps, firstStep } = p;
    const { rest: y, quotient: image } = divide(f, task, p.height);
    const [x, t, ky, kx, left, firstX, endX, list, entry, source, from, to, end, plane] = f.locals(14, 'i32');
    const column = f.local('i32');
    const shift = f.local('v128');
    const names = ['inChannels', 'kernelWidth', 'mapWidth', 'mapHeight', 'planes', 'positives'] as const;
    const { inChannels, kernelWidth, mapWidth, mapHeight, planes, positives } = loadFields(
      f,
      group,
      at,
      names,
    );
    const moves = ['strideX', 'paddingLeft', 'dilationX', 'dilationY'] as const;
    const { strideX, paddingLeft, dilationX, dilationY } = loadFields(f, group, at, moves);
    const top = f.let(i32.sub(i32.mul(y, group(at, 'strideY')), group(at, 'paddingTop')));
    const [firstY, endY] = tapsInside(f, top, dilationY, group(at, 'kernelHeight'), mapHeight);
    const first = f.let(i32.mul(i32.mul(task, width), steps));
    const entries = f.let(group(at, 'entries'));
    const lineBytes = f.let(i32.shl(i32.add(mapWidth, 1), 2));
    f.set(list, i32.add(group(at, 'rowLists'), i32.add(p.page, i32.mul(task, group(at, 'rowBytes')))));
    f.for(x, 0, width, 1, () => {
      f.set(entry, rowEntry(at, i32.add(i32.add(first, firstStep), i32.mul(x, steps))));
      f.set(left, i32.sub(i32.mul(x, strideX), paddingLeft));
      // clamped to the map on both sides: the border may be wider than the kernel
      const inside = (place: Expression<'i32'>): Expression<'i32'> =>
        i32.shl(i32.min_s(i32.max_s(place, 0), mapWidth), 2);
      f.set(firstX, inside(left));
      f.set(endX, inside(i32.add(left, kernelWidth)));
      f.for(t, firstStep, p.endStep, 1, () => {
        f.do(i32.store(entry, list));
        f.for(plane, 0, planes, 1, () => {
          f.for(ky, firstY, endY, 1, () => {
            const row = i32.add(i32.mul(image, mapHeight), i32.add(top, i32.mul(ky, dilationY)));
            const line = i32.add(i32.mul(i32.add(i32.mul(row, steps), t), planes), plane);
            f.set(source, i32.add(entries, i32.mul(line, lineBytes)));
            /** The spikes from one place to another, as those of a tap whose number is by so much larger than the column. */
            const append = (
              first: Expression<'i32'>,
              last: Expression<'i32'>,
              ahead: Expression<'i32'>,
            ): void => {
              f.set(from, i32.load(i32.add(source, first)));
              f.set(end, i32.load(i32.add(source, last)));
              f.if(i32.lt_u(from, end), () => {
                // from column * channels + channel to tap * channels + channel
                f.set(shift, i16x8.splat(i32.mul(i32.add(i32.mul(ky, kernelWidth), ahead), inChannels)));
                appendShifted(f, { from, to, end, list }, shift);
              });
            };
            f.if(
              i32.eq(dilationX, 1),
              // neighbouring taps meet neighbouring columns: one run
              () => append(firstX, endX, i32.sub(0, left)),
              () =>
                f.for(kx, 0, kernelWidth, 1, () => {
                  f.set(column, i32.add(left, i32.mul(kx, dilationX)));
                  f.if(i32.lt_u(column, mapWidth), () => {
                    const at = i32.shl(column, 2);
                    append(at, i32.add(at, 4), i32.sub(kx, column));
                  });
                }),
            );
          });
          f.if(i32.lt_s(plane, positives), () => f.do(i32.store(entry, list, 4)));
          f.do(i32.store(entry, list, 8));
        });
        f.advance(entry, ROW_ENTRY_BYTES);
      });
    });
  });
}

/** Appends the numbers from .. end to the list, each plus the shift, eight at a time (see OVERRUN). */
function appendShifted(
  f: FunctionBuilder,
  { from, to, end, list }: Readonly<Record<'from' | 'to' | 'end' | 'list', Integer>>,
  shift: Local<'v128'>,
): void {
  f.set(to, list);
  f.advance(list, i32.sub(end, from));
  f.loop((again) => {
    f.do(v128.store(to, i16x8.add(v128.load(from), shift)));
    f.advance(from, 16);
    f.advance(to, 16);
    f.branchIf(again, i32.lt_u(to, list));
  });
}
