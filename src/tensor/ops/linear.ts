import type { Tape, Tensor } from '../interfaces.ts';
import { sizeOf } from '../shape.ts';

/**
 * y = x W + b. x: [batch, ...] with `inputs` values per row; w: [inputs, outputs]; bias: [outputs] or null; y: [batch, outputs].
 * dx = dy W^T, dW = x^T dy, db = column sums of dy.
 */
export function linear(tape: Tape, x: Tensor, w: Tensor, bias: Tensor | null): Tensor {
  const { kernels } = tape;
  const batch = x.shape[0]!;
  const [inputs, outputs] = w.shape as [number, number];
  if (sizeOf(x.shape) !== batch * inputs) {
    throw new Error(`linear: weight [${w.shape}] needs ${inputs} values per row, found shape [${x.shape}]`);
  }
  const y = tape.result([batch, outputs], bias ? [x, w, bias] : [x, w]);
  const rows = { rows: batch, channels: outputs };
  const plain = { transposeA: false, transposeB: false };
  kernels.gemm(x.data, w.data, y.data, { m: batch, n: outputs, k: inputs, ...plain });
  if (bias) kernels.addBias(y.data, bias.data, y.data, rows);
  tape.record(y, (dy) => {
    tape.receive(x, (dx) => {
      kernels.gemm(dy, w.data, dx, { m: batch, n: inputs, k: outputs, ...plain, transposeB: true });
    });
    tape.receive(w, (dw) => {
      kernels.gemm(x.data, dy, dw, { m: inputs, n: outputs, k: batch, ...plain, transposeA: true });
    });
    if (bias) tape.receive(bias, (db) => kernels.sumRows(dy, db, rows));
  });
  return y;
}
