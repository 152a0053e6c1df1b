import type { Floats } from '../../kernels/kernels.ts';
import type { Tape } from '../interfaces.ts';
import type { Tap } from './window.ts';

/** The values of x at one tap of every window; `outside` where the tap lies in the padding. */
export function atTap(
  tape: Tape,
  x: Floats,
  { shape, source, target }: Tap,
  to: Floats,
  outside: number,
): void {
  to.fill(outside);
  tape.kernels.copy(x, to, shape, source, target);
}
