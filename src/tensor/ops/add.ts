import type { Tape, Tensor } from '../interfaces.ts';

/** y = a + b, equal shapes (a residual connection). Both receive dy. */
export function add(tape: Tape, a: Tensor, b: Tensor): Tensor {
  if (a.size !== b.size) throw new Error(`add: shapes [${a.shape}] and [${b.shape}] differ`);
  const y = tape.result(a.shape, [a, b]);
  tape.kernels.add(a.data, b.data, y.data);
  tape.record(y, (dy) => {
    tape.receive(a, (da) => da.set(dy));
    tape.receive(b, (db) => db.set(dy));
  });
  return y;
}
