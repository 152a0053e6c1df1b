import type { RowsShape } from '../../kernels/kernels.ts';
import type { Tensor } from '../interfaces.ts';

/** A tensor seen as rows of its last axis. */
export function rowsShape(x: Tensor): RowsShape {
  const channels = x.shape.at(-1) ?? 1;
  return { rows: x.size / channels, channels };
}
