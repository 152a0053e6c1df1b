import type { Floats } from '../../kernels/kernels.ts';
import type { Reduction } from '../../kernels/reduce/shape.ts';
import type { Tape } from '../interfaces.ts';
import type { Shape } from '../shape.ts';

/** Reduces over some axes, the last ones first; neighbouring axes go together. The values themselves where nothing is reduced. */
export function reduceAxes(
  tape: Tape,
  kind: Reduction,
  values: Floats,
  shape: Shape,
  axes: readonly number[],
): Floats {
  let inner = 1;
  let length = 1;
  let rest = values;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (!axes.includes(axis)) {
      inner *= shape[axis]!;
      continue;
    }
    length *= shape[axis]!;
    if (axes.includes(axis - 1)) continue;
    const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
    const y = tape.scratch(outer * inner);
    tape.kernels.reduce(kind, rest, y, { outer, length, inner });
    rest = y;
    length = 1;
  }
  return rest;
}
