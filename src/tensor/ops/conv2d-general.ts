/**
 * @file Which way for which convolution: the kernels made for square ones, their own for channels by themselves, or im2col.
 */
import type { Conv2dOptions, Tensor } from '../interfaces.ts';
import { conv2d as squareConv2d } from './conv2d.ts';
import { Depthwise } from './conv2d-depthwise.ts';
import { Im2colConv2d } from './conv2d-im2col.ts';
import { tapeOf } from './tape-of.ts';
import { type Window, windowOf } from './window.ts';

/** y = x * w + bias. x: [batch, H, W, in]; w: [kh, kw, in / groups, out]; y: [batch, H', W', out]. */
export function conv2d(x: Tensor, w: Tensor, options: Conv2dOptions = {}): Tensor {
  const { bias = null, groups = 1 } = options;
  const tape = tapeOf('conv2d', bias ? [x, w, bias] : [x, w]);
  if (w.shape.length !== 4)
    throw new Error(
      `conv2d: expected weights [kernel height, kernel width, in / groups, out], found [${w.shape}]`,
    );
  const [height, width, ins, outs] = w.shape as [number, number, number, number];
  const window = windowOf('conv2d', x.shape, [height, width], options);
  if (ins * groups !== window.channels || outs % groups !== 0)
    throw new Error(
      `conv2d: expected weights for ${window.channels} channels in ${groups} groups, found [${w.shape}] over [${x.shape}]`,
    );
  if (bias && bias.size !== outs)
    throw new Error(`conv2d: expected a bias of ${outs} values, found shape [${bias.shape}]`);
  const { vertical, horizontal } = window;
  if (groups === 1 && isSquare(window))
    return squareConv2d(tape, x, w, bias, vertical.stride, vertical.before);
  const depthwise = ins === 1 && outs === groups && groups > 1;
  const plan = depthwise ? new Depthwise(tape, window) : new Im2colConv2d(tape, window, ins, outs, groups);
  const y = tape.result(
    [window.batch, vertical.output, horizontal.output, outs],
    bias ? [x, w, bias] : [x, w],
  );
  plan.forward(x.data, w.data, y.data);
  const rows = { rows: y.size / outs, channels: outs };
  if (bias) tape.kernels.addBias(y.data, bias.data, y.data, rows);
  tape.record(y, (dy) => {
    tape.receive(x, (dx) => plan.backwardInput(dy, w.data, dx));
    tape.receive(w, (dw) => plan.backwardWeights(x.data, dy, dw));
    if (bias) tape.receive(bias, (db) => tape.kernels.sumRows(dy, db, rows));
  });
  return y;
}

function isSquare({ vertical, horizontal }: Window): boolean {
  return [vertical, horizontal].every(
    ({ kernel, stride, before, after, dilation }) =>
      kernel === vertical.kernel &&
      stride === vertical.stride &&
      before === vertical.before &&
      after === before &&
      dilation === 1,
  );
}
