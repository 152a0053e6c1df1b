import type { Tape, Tensor } from '../interfaces.ts';

/** y = factor * x, the factor a constant. dx = factor * dy. */
export function scale(tape: Tape, x: Tensor, factor: number): Tensor {
  const y = tape.result(x.shape, [x]);
  for (let i = 0; i < y.size; i++) y.data[i] = factor * x.data[i]!;
  tape.record(y, (dy) => {
    tape.receive(x, (dx) => {
      for (let i = 0; i < dx.length; i++) dx[i] = factor * dy[i]!;
    });
  });
  return y;
}
