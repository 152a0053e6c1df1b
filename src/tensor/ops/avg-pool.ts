import type { Tape, Tensor } from '../interfaces.ts';

/** Mean over size x size windows. x: [batch, H, W, C]; y: [batch, floor(H / size), floor(W / size), C]. */
export function avgPool(tape: Tape, x: Tensor, size: number): Tensor {
  const [batch, inHeight, inWidth, channels] = x.shape as [number, number, number, number];
  if (inHeight < size || inWidth < size) {
    throw new Error(`avgPool: a window of ${size} x ${size} does not fit into [${x.shape}]`);
  }
  const shape = { batch, inHeight, inWidth, channels, size };
  const y = tape.result([batch, Math.floor(inHeight / size), Math.floor(inWidth / size), channels], [x]);
  tape.kernels.avgPool(x.data, y.data, shape);
  tape.record(y, (dy) => tape.receive(x, (dx) => tape.kernels.avgPoolBackward(dy, dx, shape)));
  return y;
}
