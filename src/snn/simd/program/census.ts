/** @file Counts spikes, and spikes times fan-out, of each image and step. */
import {
  defineTask,
  f64,
  f64x2,
  i32,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import type { Kernel } from './jobs.ts';
import { KERNELS } from './layouts/jobs.ts';

/**
 * One task = one image. words: of masks at one position and step; fanOuts: [positions] float64; totals: [images, steps, 2]
 * float64, written for the first stepsNow.
 */
export function defineCensus(builder: ModuleBuilder): Kernel<'census'> {
  return defineTask(builder, 'census', KERNELS.census, (f, p) => {
    const { task, masks, positions, words, steps, stepsNow, fanOuts } = p;
    const [word, end, last, count, t, total] = f.locals(6, 'i32');
    const positionBytes = f.let(i32.mul(i32.shl(words, 2), steps));
    const first = f.let(i32.add(p.totals, i32.shl(i32.mul(task, steps), 4)));
    f.set(total, first);
    f.for(t, 0, stepsNow, 1, () => {
      f.do(v128.store(total, f64x2.splat(0)));
      f.advance(total, 16);
    });
    f.set(masks, i32.add(masks, i32.mul(i32.mul(task, positions), positionBytes)));
    f.set(last, i32.add(masks, i32.mul(positions, positionBytes)));
    f.while(i32.lt_u(masks, last), () => {
      f.set(word, masks);
      f.set(total, first);
      f.for(t, 0, stepsNow, 1, () => {
        f.set(end, i32.add(word, i32.shl(words, 2)));
        f.set(count, 0);
        f.while(i32.lt_u(word, end), () => {
          f.advance(count, i32.popcnt(i32.load(word)));
          f.advance(word, 4);
        });
        const spikes = f64.convert_i32_s(count);
        const both = f64x2.replace_lane(f64x2.splat(spikes), 1, f64.mul(spikes, f64.load(fanOuts)));
        f.do(v128.store(total, f64x2.add(v128.load(total), both)));
        f.advance(total, 16);
      });
      f.advance(fanOuts, 8);
      f.advance(masks, positionBytes);
    });
  });
}
