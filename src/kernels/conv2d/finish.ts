/**
 * @file y = clip(y + bias) for four channels in registers, without a grid: what every product of an inference ends with.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  v128,
} from '../assembler/assembler.ts';
import { readClip } from './shape.ts';

type Load = (from: Expression<'i32'>) => Expression<'v128'>;

/** Constants of the activation in locals; without theta it is the identity, without bias nothing is added. */
export class FinishCode {
  readonly #f: FunctionBuilder;
  readonly #bias: Local<'i32'>;
  readonly #theta: Local<'i32'>;
  readonly #perChannel: Local<'i32'>;
  readonly #lower: Local<'f32'>;
  readonly #leak: Local<'v128'>;
  /** Bias and limits of the present channels. */
  readonly #column: {
    readonly bias: Local<'v128'>;
    readonly least: Local<'v128'>;
    readonly most: Local<'v128'>;
  };

  /** bias, theta: addresses of the first channel's, or 0. */
  constructor(f: FunctionBuilder, shape: Local<'i32'>, bias: Local<'i32'>, theta: Local<'i32'>) {
    const { leak, lower, perChannel } = readClip(shape);
    this.#f = f;
    this.#bias = bias;
    this.#theta = theta;
    this.#perChannel = f.let(perChannel);
    this.#lower = f.let(lower);
    this.#leak = f.let(f32x4.splat(leak));
    this.#column = {
      bias: f.local('v128'),
      least: f.let(f32x4Constant(Number.NEGATIVE_INFINITY)),
      most: f.let(f32x4Constant(Number.POSITIVE_INFINITY)),
    };
    f.if(theta, () => this.#setLimits(v128.load32_splat(theta)));
  }

  /** Before a column of channels: `offset` bytes from the first. */
  begin(offset: Local<'i32'>, load: Load): void {
    const f = this.#f;
    f.if(this.#bias, () => f.set(this.#column.bias, load(i32.add(this.#bias, offset))));
    f.if(this.#perChannel, () => this.#setLimits(load(i32.add(this.#theta, offset))));
  }

  apply(value: Local<'v128'>): void {
    const { bias, least, most } = this.#column;
    const f = this.#f;
    f.set(value, f32x4.add(value, bias));
    f.set(value, v128.bitselect(f32x4.mul(value, this.#leak), value, f32x4.lt(value, f32x4Constant(0))));
    // In this order a NaN passes.
    f.set(value, f32x4.pmin(f32x4.pmax(value, least), most));
  }

  #setLimits(theta: Expression<'v128'>): void {
    const { least, most } = this.#column;
    this.#f.set(most, theta);
    // Not lower * theta: 0 * Infinity (ReLU) is no number.
    this.#f.set(least, f32x4Constant(0));
    this.#f.if(f32.lt(this.#lower, 0), () => this.#f.set(least, f32x4.neg(most)));
  }
}
