/**
 * @file Rounds constant currents to whole units: floor(x + 1/2) in float32.
 */
import { f32x4, f32x4Constant, i32, type ModuleBuilder, v128 } from '../../../kernels/assembler/assembler.ts';

const PIECE = 4096;

/** Tasks of `toGrid` for so many bytes. */
export const gridTasks = (bytes: number): number => Math.ceil(bytes / PIECE);

/** Exports `toGrid(task, lane, pointer, bytes)`, in place; bytes: a multiple of 16. */
export function defineToGrid(builder: ModuleBuilder): void {
  builder.define('toGrid', ['i32', 'i32', 'i32', 'i32'], 'none', (f, task, _lane, pointer, bytes) => {
    const at = f.let(i32.mul(task, PIECE));
    const end = f.let(i32.add(at, PIECE));
    f.if(i32.gt_u(end, bytes), () => f.set(end, bytes));
    f.advance(at, pointer);
    f.advance(end, pointer);
    f.while(i32.lt_u(at, end), () => {
      f.do(v128.store(at, f32x4.floor(f32x4.add(v128.load(at), f32x4Constant(0.5)))));
      f.advance(at, 16);
    });
  });
}
