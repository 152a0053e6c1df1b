import type { Clip, ThresholdClip } from '../../kernels/kernels.ts';
import type { Tape, Tensor } from '../interfaces.ts';
import { rowsShape } from './rows-shape.ts';

/** An activation that another operation applies in its own pass over memory. */
export interface FusedClip {
  readonly clip: Clip;
  readonly theta: Tensor;
}

/** As the kernels take it. */
export const dataOf = ({ clip, theta }: FusedClip): ThresholdClip => ({ clip, theta: theta.data });

/** A clipped activation (stReLU and its family). x: [..., C]; theta: [1] or [C]; y as x. */
export function clip(tape: Tape, x: Tensor, theta: Tensor, shape: Clip): Tensor {
  const { kernels } = tape;
  const rows = rowsShape(x);
  const limits = dataOf({ clip: shape, theta });
  const y = tape.result(x.shape, [x, theta]);
  kernels.clip(x.data, limits, y.data, rows);
  tape.record(y, (dy) => {
    const dtheta = tape.scratch(theta.size);
    const dx = tape.scratch(x.size);
    kernels.clipBackward(x.data, limits, dy, dx, dtheta, rows);
    tape.give(x, dx);
    tape.give(theta, dtheta);
  });
  return y;
}
