/**
 * @file Convolution of every channel by itself (groups = channels = outputs), tap by tap: y += x at the tap, times the tap's weights.
 * x: [batch, H, W, C]; w: [kh, kw, 1, C]; y: [batch, H', W', C].
 */
import type { Value } from '../../kernels/elementwise/operation.ts';
import { MapProgram } from '../../kernels/elementwise/program.ts';
import { broadcastRows, flatRows, type Rows, SHORT } from '../../kernels/elementwise/rows.ts';
import { Traced } from '../../kernels/elementwise/traced.ts';
import type { Floats } from '../../kernels/kernels.ts';
import type { Tape } from '../interfaces.ts';
import { atTap } from './at-tap.ts';
import { tapsOf, type Window } from './window.ts';

const [a, b, c] = [0, 1, 2].map(Traced.input) as [Value, Value, Value];
const TIMES = new MapProgram([a.mul(b)]);
const PLUS_TIMES = new MapProgram([c.add(a.mul(b))]);

/** Channels from which on one channel after the other makes rows that are long enough. */
export const LEAST_DEPTHWISE: number = SHORT;

export class Depthwise {
  readonly #tape: Tape;
  readonly #window: Window;
  readonly #size: number;

  constructor(tape: Tape, window: Window) {
    this.#tape = tape;
    this.#window = window;
    const { batch, channels, vertical, horizontal } = window;
    this.#size = batch * vertical.output * horizontal.output * channels;
  }

  forward(x: Floats, w: Floats, y: Floats): void {
    const values = this.#tape.scratch(this.#size);
    y.fill(0);
    this.#each((tap, own) => {
      atTap(this.#tape, x, tap, values, 0);
      this.#tape.kernels.map(PLUS_TIMES, [values, own(w), y], [y], this.#rows(3));
    });
  }

  backwardInput(dy: Floats, w: Floats, dx: Floats): void {
    const part = this.#tape.scratch(this.#size);
    dx.fill(0);
    this.#each((tap, own) => {
      this.#tape.kernels.map(TIMES, [dy, own(w)], [part], this.#rows(2));
      this.#tape.kernels.copy(part, dx, tap.shape, tap.target, tap.source, true);
    });
  }

  backwardWeights(x: Floats, dy: Floats, dw: Floats): void {
    const { channels } = this.#window;
    const values = this.#tape.scratch(this.#size);
    const sums = { outer: 1, length: this.#size / channels, inner: channels };
    this.#each((tap, own) => {
      atTap(this.#tape, x, tap, values, 0);
      this.#tape.kernels.map(TIMES, [values, dy], [values], flatRows(this.#size, [false, false]));
      this.#tape.kernels.reduce('sum', values, own(dw), sums);
    });
  }

  /** Every tap, with what picks its own of the weights. */
  #each(body: (tap: ReturnType<typeof tapsOf>[number], own: (w: Floats) => Floats) => void): void {
    const { channels } = this.#window;
    tapsOf(this.#window).forEach((tap, i) => {
      body(tap, (w) => w.subarray(i * channels, (i + 1) * channels));
    });
  }

  /** The second of the operands is one row of channels, the others are whole. */
  #rows(operands: 2 | 3): Rows {
    const { channels } = this.#window;
    const whole = [this.#size / channels, channels];
    return broadcastRows(whole, [whole, [channels], whole].slice(0, operands))!;
  }
}
