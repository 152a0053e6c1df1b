import type { Floats } from '../../kernels/kernels.ts';
import type { Tape } from '../interfaces.ts';
import type { Shape } from '../shape.ts';
import { reduceAxes } from './reduce-axes.ts';

/** Sums over everything that broadcasting `to` to `shape` repeats: the gradient of the broadcast. */
export function sumTo(tape: Tape, values: Floats, shape: Shape, to: Shape): Floats {
  const axes = shape.flatMap((length, axis) => {
    const own = to[axis - shape.length + to.length] ?? 1;
    return own === 1 && length !== 1 ? [axis] : [];
  });
  return reduceAxes(tape, 'sum', values, shape, axes);
}
