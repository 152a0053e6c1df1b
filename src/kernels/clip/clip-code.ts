/**
 * @file The clipped activations of four elements: value and straight-through derivatives, as reference.ts states them.
 * Thresholds may be Infinity (ReLU): nothing here multiplies by theta unless there is a grid.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  type Local,
  v128,
} from '../assembler/assembler.ts';
import type { Clip } from '../kernels.ts';

type V = Local<'v128'>;

/** Writes the activation and its derivatives for the threshold of the current column. */
export class ClipCode {
  readonly #f: FunctionBuilder;
  readonly #clip: Clip;
  /** Numbers of the present column. */
  readonly #column: readonly [theta: V, least: V, quantum: V, inverse: V];
  readonly #spare: readonly [V, V, V, V];

  constructor(f: FunctionBuilder, clip: Clip) {
    this.#f = f;
    this.#clip = clip;
    this.#column = f.locals(4, 'v128');
    this.#spare = f.locals(4, 'v128');
  }

  /** Before a column: everything that depends on theta alone. */
  begin(threshold: Expression<'v128'>): void {
    const [theta, least, quantum, inverse] = this.#column;
    const { lower, levels } = this.#clip;
    this.#f.set(theta, threshold);
    // Not lower * theta: 0 * Infinity is no number.
    this.#f.set(least, lower === 0 ? f32x4Constant(0) : f32x4.neg(theta));
    if (levels === 0) return;
    this.#f.set(quantum, f32x4.div(theta, f32x4Constant(levels)));
    this.#f.set(inverse, f32x4.div(f32x4Constant(1), theta));
  }

  /** y = clip(x); y may be x. */
  value(x: V, y: V): void {
    const [theta, least, quantum] = this.#column;
    this.#f.set(y, this.#leaked(x));
    // pmin and pmax in this order pass a NaN on and are one instruction each.
    this.#f.set(y, f32x4.pmin(f32x4.pmax(y, least), theta));
    if (this.#clip.levels === 0) return;
    const steps = f32x4.div(y, quantum);
    const half = f32x4Constant(0.5);
    const whole =
      this.#clip.rounding === 'truncate' ? f32x4.trunc(steps) : f32x4.floor(f32x4.add(steps, half));
    this.#f.set(y, f32x4.mul(quantum, whole));
  }

  /** dx = dy * slope(x), and term = dy * d(clip)/dtheta where that is wanted. dx may be dy. */
  gradient(x: V, dy: V, dx: V, term: V | null): void {
    const [theta, least, , inverse] = this.#column;
    const [a, above, below, y] = this.#spare;
    const { lower, leak, levels } = this.#clip;
    const f = this.#f;
    const zero = f32x4Constant(0);
    f.set(a, this.#leaked(x));
    f.set(above, f32x4.gt(a, theta));
    f.set(below, f32x4.lt(a, least));
    if (term) {
      if (levels > 0) {
        this.value(x, y);
        f.set(term, f32x4.mul(dy, f32x4.mul(f32x4.sub(y, a), inverse)));
        f.set(term, v128.bitselect(lower === 0 ? zero : f32x4.neg(dy), term, below));
      } else f.set(term, lower === 0 ? zero : v128.and(f32x4.neg(dy), below));
      f.set(term, v128.bitselect(dy, term, above));
    }
    const slope = v128.bitselect(f32x4Constant(leak), f32x4Constant(1), f32x4.lt(x, zero));
    f.set(dx, v128.andnot(leak === 1 ? dy : f32x4.mul(dy, slope), v128.or(above, below)));
  }

  #leaked(x: V): Expression<'v128'> {
    const { leak } = this.#clip;
    if (leak === 1) return x;
    return v128.bitselect(f32x4.mul(x, f32x4Constant(leak)), x, f32x4.lt(x, f32x4Constant(0)));
  }
}

/** Equal for clips that compile to the same code. */
export const clipKey = (clip: Clip | null): string =>
  clip ? `${clip.lower} ${clip.leak} ${clip.levels} ${clip.levels > 0 ? clip.rounding : ''}` : 'none';
