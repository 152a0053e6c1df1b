/**
 * @file The clipped activations on four lanes: value and straight-through derivatives, as reference.ts states them.
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

const leaked = (clip: Clip, x: V): Expression<'v128'> =>
  clip.leak === 1
    ? x
    : v128.bitselect(f32x4.mul(x, f32x4Constant(clip.leak)), x, f32x4.lt(x, f32x4Constant(0)));

/** Not lower * theta: 0 * Infinity is no number. */
const least = (clip: Clip, theta: V): Expression<'v128'> =>
  clip.lower === 0 ? f32x4Constant(0) : f32x4.neg(theta);

/** Writes: y = clip(x); y may be x. `quantum` is a spare local. */
export function emitClip(f: FunctionBuilder, clip: Clip, x: V, theta: V, y: V, quantum: V): void {
  f.set(y, leaked(clip, x));
  // pmin and pmax in this order pass a NaN on and are one instruction each.
  f.set(y, f32x4.pmin(f32x4.pmax(y, least(clip, theta)), theta));
  if (clip.levels === 0) return;
  f.set(quantum, f32x4.div(theta, f32x4Constant(clip.levels)));
  const steps = f32x4.div(y, quantum);
  const whole =
    clip.rounding === 'truncate' ? f32x4.trunc(steps) : f32x4.floor(f32x4.add(steps, f32x4Constant(0.5)));
  f.set(y, f32x4.mul(quantum, whole));
}

/** Writes: dx = dy * slope(x), and thetaTerm = dy * d(clip)/dtheta where that is wanted. dx may be dy. */
export class ClipGradient {
  readonly #f: FunctionBuilder;
  readonly #clip: Clip;
  readonly #spare: V[];

  constructor(f: FunctionBuilder, clip: Clip) {
    this.#f = f;
    this.#clip = clip;
    this.#spare = f.locals(5, 'v128');
  }

  emit(x: V, theta: V, dy: V, dx: V, thetaTerm: V | null): void {
    const [a, above, below, y, quantum] = this.#spare as [V, V, V, V, V];
    const f = this.#f;
    const clip = this.#clip;
    const zero = f32x4Constant(0);
    f.set(a, leaked(clip, x));
    f.set(above, f32x4.gt(a, theta));
    f.set(below, f32x4.lt(a, least(clip, theta)));
    if (thetaTerm) {
      if (clip.levels > 0) {
        emitClip(f, clip, x, theta, y, quantum);
        f.set(thetaTerm, f32x4.mul(dy, f32x4.div(f32x4.sub(y, a), theta)));
      } else f.set(thetaTerm, zero);
      f.set(thetaTerm, v128.bitselect(clip.lower === 0 ? zero : f32x4.neg(dy), thetaTerm, below));
      f.set(thetaTerm, v128.bitselect(dy, thetaTerm, above));
    }
    const slope = v128.bitselect(f32x4Constant(clip.leak), f32x4Constant(1), f32x4.lt(x, zero));
    f.set(dx, v128.andnot(clip.leak === 1 ? dy : f32x4.mul(dy, slope), v128.or(above, below)));
  }
}

/** Equal for clips that compile to the same code. */
export const clipKey = (clip: Clip | null): string =>
  clip ? `${clip.lower} ${clip.leak} ${clip.levels} ${clip.levels > 0 ? clip.rounding : ''}` : 'none';
