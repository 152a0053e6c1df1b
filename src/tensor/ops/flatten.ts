import type { Tape, Tensor } from '../interfaces.ts';

/** [batch, ...] -> [batch, values], the same memory. */
export function flatten(tape: Tape, x: Tensor): Tensor {
  const batch = x.shape[0]!;
  const y = tape.reshaped(x, [batch, x.size / batch]);
  tape.record(y, (dy) => tape.give(x, dy));
  return y;
}
