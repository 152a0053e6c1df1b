/**
 * @file Rounds constant currents to whole units of the int8 grid: floor(x + 1/2) in float32, what is whole stays (`toWhole`).
 */
import {
  defineTask,
  f32x4,
  f32x4Constant,
  i32,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { ALL_WHOLE } from '../../grid.ts';
import { PIECE_BYTES } from './layouts/to-grid.ts';

/** Exports `toGrid(task, lane, pointer, bytes)`, in place; bytes: a multiple of 16. One task per PIECE_BYTES. */
export function defineToGrid(builder: ModuleBuilder): void {
  defineTask(builder, 'toGrid', ['pointer', 'bytes'], (f, { task, pointer, bytes }) => {
    const at = f.let(i32.mul(task, PIECE_BYTES));
    const end = f.let(i32.add(at, PIECE_BYTES));
    f.if(i32.gt_u(end, bytes), () => f.set(end, bytes));
    f.advance(at, pointer);
    f.advance(end, pointer);
    const x = f.local('v128');
    f.while(i32.lt_u(at, end), () => {
      f.set(x, v128.load(at));
      const whole = f32x4.ge(f32x4.abs(x), f32x4Constant(ALL_WHOLE));
      const rounded = f32x4.floor(f32x4.add(x, f32x4Constant(0.5)));
      f.do(v128.store(at, v128.bitselect(x, rounded, whole)));
      f.advance(at, 16);
    });
  });
}
