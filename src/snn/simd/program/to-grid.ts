/**
 * @file Rounds constant currents to whole units of the int8 grid: floor(x + 1/2) in float32.
 */
import {
  defineTask,
  f32x4,
  f32x4Constant,
  i32,
  type ModuleBuilder,
  v128,
} from '../../../kernels/assembler/assembler.ts';
import { PIECE_BYTES } from './layouts/to-grid.ts';

/** Exports `toGrid(task, lane, pointer, bytes)`, in place; bytes: a multiple of 16. One task per PIECE_BYTES. */
export function defineToGrid(builder: ModuleBuilder): void {
  defineTask(builder, 'toGrid', ['pointer', 'bytes'], (f, { task, pointer, bytes }) => {
    const at = f.let(i32.mul(task, PIECE_BYTES));
    const end = f.let(i32.add(at, PIECE_BYTES));
    f.if(i32.gt_u(end, bytes), () => f.set(end, bytes));
    f.advance(at, pointer);
    f.advance(end, pointer);
    f.while(i32.lt_u(at, end), () => {
      f.do(v128.store(at, f32x4.floor(f32x4.add(v128.load(at), f32x4Constant(0.5)))));
      f.advance(at, 16);
    });
  });
}
