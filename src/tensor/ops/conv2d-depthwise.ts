/**
 * @file Convolution of every channel by itself (groups = channels = outputs) by its own kernels.
 * x: [batch, H, W, C]; w: [kh, kw, 1, C]; y: [batch, H', W', C].
 */
import type { DepthwiseShape, Floats } from '../../kernels/kernels.ts';
import type { Tape } from '../interfaces.ts';
import type { Window } from './window.ts';

export class Depthwise {
  readonly #tape: Tape;
  readonly #shape: DepthwiseShape;

  constructor(tape: Tape, { batch, channels, vertical, horizontal }: Window) {
    this.#tape = tape;
    this.#shape = {
      batch,
      inHeight: vertical.input,
      inWidth: horizontal.input,
      outHeight: vertical.output,
      outWidth: horizontal.output,
      channels,
      kernel: [vertical.kernel, horizontal.kernel],
      stride: [vertical.stride, horizontal.stride],
      before: [vertical.before, horizontal.before],
      dilation: [vertical.dilation, horizontal.dilation],
    };
  }

  forward(x: Floats, w: Floats, y: Floats): void {
    this.#tape.kernels.depthwise(x, w, y, this.#shape);
  }

  backwardInput(dy: Floats, w: Floats, dx: Floats): void {
    this.#tape.kernels.depthwiseBackwardInput(dy, w, dx, this.#shape);
  }

  backwardWeights(x: Floats, dy: Floats, dw: Floats): void {
    this.#tape.kernels.depthwiseBackwardWeights(x, dy, dw, this.#shape);
  }
}
