import { outLength } from '../../kernels/conv2d/out-length.ts';
import type { Conv2dShape } from '../../kernels/kernels.ts';
import type { Tape, Tensor } from '../interfaces.ts';
import { dataOf, type FusedClip } from './clip.ts';

/** The kernel's shape from the shapes of x [batch, H, W, in] and w [k, k, in, out]. */
export function conv2dShape(
  x: readonly number[],
  w: readonly number[],
  stride: number,
  padding: number,
): Conv2dShape {
  const [batch, inHeight, inWidth, inChannels] = x as [number, number, number, number];
  const [kernel, , wChannels, outChannels] = w as [number, number, number, number];
  const outHeight = outLength(inHeight, { kernel, stride, padding });
  const outWidth = outLength(inWidth, { kernel, stride, padding });
  if (wChannels !== inChannels || outHeight < 1 || outWidth < 1) {
    throw new Error(`conv2d: weight [${w}], stride ${stride}, padding ${padding} does not fit input [${x}]`);
  }
  return { batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, kernel, stride, padding };
}

/** y = x * w + b. x: [batch, H, W, in]; w: [k, k, in, out]; bias: [out] or null; y: [batch, H', W', out]. */
export function conv2d(
  tape: Tape,
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  stride: number,
  padding: number,
): Tensor {
  const { kernels } = tape;
  const shape = conv2dShape(x.shape, w.shape, stride, padding);
  const { batch, outHeight, outWidth, outChannels } = shape;
  const y = tape.result([batch, outHeight, outWidth, outChannels], bias ? [x, w, bias] : [x, w]);
  kernels.conv2d(x.data, w.data, bias?.data ?? null, null, y.data, shape);
  tape.record(y, (dy) => {
    tape.receive(x, (dx) => kernels.conv2dBackwardInput(dy, w.data, dx, shape));
    tape.receive(w, (dw) => kernels.conv2dBackwardWeights(x.data, dy, dw, shape));
    if (bias) {
      const rows = { rows: batch * outHeight * outWidth, channels: outChannels };
      tape.receive(bias, (db) => kernels.sumRows(dy, db, rows));
    }
  });
  return y;
}

/** y = clip(x * w + b) in one pass. No gradient: for inference. */
export function conv2dClip(
  tape: Tape,
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  stride: number,
  padding: number,
  fused: FusedClip,
): Tensor {
  const shape = conv2dShape(x.shape, w.shape, stride, padding);
  const y = tape.tensor([shape.batch, shape.outHeight, shape.outWidth, shape.outChannels]);
  tape.kernels.conv2d(x.data, w.data, bias?.data ?? null, dataOf(fused), y.data, shape);
  return y;
}
