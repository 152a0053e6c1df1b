/** @file Pools over windows of maps [batch, height, width, channels], tap by tap. */
import type { Value } from '../../kernels/elementwise/operation.ts';
import { MapProgram } from '../../kernels/elementwise/program.ts';
import { flatRows } from '../../kernels/elementwise/rows.ts';
import { Traced } from '../../kernels/elementwise/traced.ts';
import type { Floats } from '../../kernels/kernels.ts';
import type { AvgPoolOptions, Tape, Tensor } from '../interfaces.ts';
import { atTap } from './at-tap.ts';
import { avgPool as squareAvgPool } from './avg-pool.ts';
import { tapeOf } from './tape-of.ts';
import { type Pair, tapsOf, type Window, type WindowAxis, type WindowOptions, windowOf } from './window.ts';

const [a, b, c, d] = [0, 1, 2, 3].map(Traced.input) as [Value, Value, Value, Value];
const LARGER = new MapProgram([a.maximum(b)]);
const TIMES = new MapProgram([a.mul(b)]);
/** Inputs: a tap's values, the largest, dy, what is left of the window's gradient (1 or 0). */
const FIRST_LARGEST = new MapProgram([a.equal(b).mul(c).mul(d), a.equal(b).where(0, d)]);

const same = (x: Floats, operands: number) => flatRows(x.length, Array<boolean>(operands).fill(false));

export function maxPool(x: Tensor, window: Pair, options: WindowOptions = {}): Tensor {
  const tape = tapeOf('maxPool', [x]);
  const shape = windowOf('maxPool', x.shape, window, { stride: window, ...options });
  const { batch, channels, vertical, horizontal } = shape;
  const y = tape.result([batch, vertical.output, horizontal.output, channels], [x]);
  if (isSquareTiling(shape)) return squareMaxPool(tape, x, y, vertical.kernel);
  const taps = tapsOf(shape);
  const values = tape.scratch(y.size);
  y.data.fill(Number.NEGATIVE_INFINITY);
  for (const tap of taps) {
    atTap(tape, x.data, tap, values, Number.NEGATIVE_INFINITY);
    tape.kernels.map(LARGER, [y.data, values], [y.data], same(values, 2));
  }
  tape.record(y, (dy) =>
    tape.receive(x, (dx) => {
      dx.fill(0);
      const [part, left] = [tape.scratch(y.size), tape.scratch(y.size).fill(1)];
      for (const tap of taps) {
        atTap(tape, x.data, tap, values, Number.NaN);
        tape.kernels.map(FIRST_LARGEST, [values, y.data, dy, left], [part, left], same(part, 4));
        tape.kernels.copy(part, dx, tap.shape, tap.target, tap.source, true);
      }
    }),
  );
  return y;
}

function squareMaxPool(tape: Tape, x: Tensor, y: Tensor, size: number): Tensor {
  const [batch, inHeight, inWidth, channels] = x.shape as [number, number, number, number];
  const shape = { batch, inHeight, inWidth, channels, size };
  tape.kernels.maxPool(x.data, y.data, shape);
  tape.record(y, (dy) =>
    tape.receive(x, (dx) => tape.kernels.maxPoolBackward(x.data, y.data, dy, dx, shape)),
  );
  return y;
}

export function avgPool(x: Tensor, window: Pair, options: AvgPoolOptions = {}): Tensor {
  const tape = tapeOf('avgPool', [x]);
  const shape = windowOf('avgPool', x.shape, window, { stride: window, ...options });
  const { batch, channels, vertical, horizontal } = shape;
  if (isSquareTiling(shape)) return squareAvgPool(tape, x, vertical.kernel);
  const taps = tapsOf(shape);
  const y = tape.result([batch, vertical.output, horizontal.output, channels], [x]);
  const everywhere = options.countPadding ?? true;
  const share = everywhere ? tape.scratch(1).fill(1 / taps.length) : sharesOf(shape, tape.scratch(y.size));
  const scale = (values: Floats, to: Floats): void =>
    tape.kernels.map(TIMES, [values, share], [to], flatRows(to.length, [false, everywhere]));
  y.data.fill(0);
  for (const tap of taps) tape.kernels.copy(x.data, y.data, tap.shape, tap.source, tap.target, true);
  scale(y.data, y.data);
  tape.record(y, (dy) =>
    tape.receive(x, (dx) => {
      dx.fill(0);
      const part = tape.scratch(y.size);
      scale(dy, part);
      for (const tap of taps) tape.kernels.copy(part, dx, tap.shape, tap.target, tap.source, true);
    }),
  );
  return y;
}

/** `[batch, height, width, channels]`: 1 / how much of each window lies on the map. */
function sharesOf({ batch, channels, vertical, horizontal }: Window, shares: Floats): Floats {
  const [rows, columns] = [insideCounts(vertical), insideCounts(horizontal)];
  let at = 0;
  for (let image = 0; image < batch; image++)
    for (const row of rows)
      for (const column of columns) {
        shares.fill(1 / (row * column), at, at + channels);
        at += channels;
      }
  return shares;
}

/** How many taps of each place lie on the map, in one direction. */
const insideCounts = ({ input, output, kernel, stride, before, dilation }: WindowAxis): number[] =>
  Array.from({ length: output }, (_, o) => {
    const at = Array.from({ length: kernel }, (_, k) => o * stride + k * dilation - before);
    return at.filter((place) => place >= 0 && place < input).length;
  });

/** What the pooling kernels are made for: square windows side by side, without padding. */
function isSquareTiling({ vertical, horizontal }: ReturnType<typeof windowOf>): boolean {
  return [vertical, horizontal].every(
    ({ kernel, stride, before, after, dilation }) =>
      kernel === vertical.kernel && stride === kernel && before + after === 0 && dilation === 1,
  );
}
