/**
 * @file The panels of a packed B, 8 columns side by side, which the innermost loop reads from one end to the other.
 * [ceil(n / 8) panels][k][8]; the last panel is [k][4] when at most 4 columns are left. Columns beyond n are 0.
 */
import { type Expression, i32, type Operand } from '../assembler/assembler.ts';
import { roundUp } from '../round-up.ts';

/** Columns of a panel: two vectors. */
export const PANEL = 8;
/** Bytes of one step of k in a panel. */
export const STEP_BYTES: number = 4 * PANEL;

/** Bytes of all panels. */
export const packedBytes = (n: number, k: number): number => 4 * k * roundUp(n, PANEL);

/** Writes: n, filled up to whole panels. */
export const filledColumns = (n: Operand<'i32'>): Expression<'i32'> => i32.and(i32.add(n, PANEL - 1), -PANEL);

/** Writes: the bytes of a panel of this many steps. */
export const panelBytes = (steps: Operand<'i32'>): Expression<'i32'> => i32.shl(steps, Math.log2(STEP_BYTES));
