/**
 * @file Forward, and backward to the input: a position of the map that is written adds up, tap by tap, the positions that are read
 * times the tap's weights. Forward the taps lead from outputs to inputs, backward the other way, where strides leave gaps.
 */
import {
  defineTask,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  type ModuleBuilder,
} from '../assembler/assembler.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import type { DepthwiseWindow } from './window.ts';

type I = Local<'i32'>;

export const MAPS = [
  'rows', // that are written, through the whole batch
  'taskRows',
  'toHeight',
  'toWidth',
  'fromHeight',
  'fromWidth',
  'channels',
  'from',
  'w',
  'to',
] as const;

/** Runs body where the tap `k` of the place `at` meets a place, below `length`, of the map that is read: in `met`. */
function whereTapMeets(
  f: FunctionBuilder,
  way: 'forward' | 'backward',
  [stride, dilation, before]: readonly [number, number, number],
  { at, k, length, met }: Readonly<Record<'at' | 'k' | 'length' | 'met', I>>,
  body: () => void,
): void {
  const step = i32.mul(k, dilation);
  if (way === 'forward') f.set(met, i32.sub(i32.add(i32.mul(at, stride), step), before));
  else f.set(met, i32.sub(i32.add(at, before), step));
  if (way === 'forward' || stride === 1) {
    f.if(i32.lt_u(met, length), body);
    return;
  }
  f.if(i32.ge_s(met, 0), () =>
    f.if(i32.eqz(i32.rem_u(met, stride)), () => {
      f.set(met, i32.div_u(met, stride));
      f.if(i32.lt_u(met, length), body);
    }),
  );
}

export function defineMaps(
  builder: ModuleBuilder,
  way: 'forward' | 'backward',
  { kernel, stride, before, dilation }: DepthwiseWindow,
): void {
  defineTask(builder, way, MAPS, (f, p) => {
    const pixel = f.let(i32.shl(p.channels, 2));
    const [row, end, y, x, ky, kx, sy, sx, c, source, weight, to, image] = f.locals(13, 'i32');
    const { fromHeight, fromWidth, toWidth } = p;
    const add = (access: Access): void =>
      f.do(
        access.store(
          i32.add(to, c),
          f32x4.add(
            access.load(i32.add(to, c)),
            f32x4.mul(access.load(i32.add(source, c)), access.load(i32.add(weight, c))),
          ),
        ),
      );
    const eachChannel = (body: (access: Access) => void): void => {
      f.for(c, 0, i32.sub(pixel, 15), 16, () => body(FOUR));
      f.while(i32.lt_s(c, pixel), () => {
        body(ONE);
        f.advance(c, 4);
      });
    };
    f.set(row, i32.mul(p.task, p.taskRows));
    f.set(end, i32.add(row, p.taskRows));
    f.set(end, i32.min_u(end, p.rows));
    f.set(to, i32.add(p.to, i32.mul(row, i32.mul(toWidth, pixel))));
    f.for(row, row, end, 1, () => {
      f.set(image, i32.mul(i32.div_u(row, p.toHeight), fromHeight));
      f.set(y, i32.rem_u(row, p.toHeight));
      f.for(x, 0, toWidth, 1, () => {
        eachChannel((access) => f.do(access.store(i32.add(to, c), f32x4Constant(0))));
        f.for(ky, 0, kernel[0], 1, () =>
          whereTapMeets(
            f,
            way,
            [stride[0], dilation[0], before[0]],
            { at: y, k: ky, length: fromHeight, met: sy },
            () =>
              f.for(kx, 0, kernel[1], 1, () =>
                whereTapMeets(
                  f,
                  way,
                  [stride[1], dilation[1], before[1]],
                  { at: x, k: kx, length: fromWidth, met: sx },
                  () => {
                    const place = i32.add(i32.mul(i32.add(image, sy), fromWidth), sx);
                    f.set(source, i32.add(p.from, i32.mul(place, pixel)));
                    f.set(weight, i32.add(p.w, i32.mul(i32.add(i32.mul(ky, kernel[1]), kx), pixel)));
                    eachChannel(add);
                  },
                ),
              ),
          ),
        );
        f.advance(to, pixel);
      });
    });
  });
}
