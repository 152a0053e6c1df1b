/**
 * @file Define-by-run automatic differentiation. An operation computes its result and leaves a closure on the tape;
 * `backward` runs the closures in reverse. All memory of a step comes from one arena and is forgotten by `reset`.
 */
import type { Floats, Kernels } from '../kernels/kernels.ts';
import type { Arena } from '../memory/arena.ts';
import type { Closeable } from '../memory/closeable.ts';
import { type Precision, sizeOf, Tensor } from './tensor.ts';

interface Entry {
  readonly output: Tensor;
  readonly backward: (dy: Floats) => void;
}

export interface TapeOptions {
  /** float64 exists for checking gradients, with the reference kernels. Default: float32. */
  readonly precision?: Precision;
  /** False in inference: nothing is kept for backward. Default: true. */
  readonly recording?: boolean;
}

/**
 * @example
 * const tape = new Tape(referenceKernels, new Arena(new Heap()));
 * const x = tape.tensor([1, 2], true);
 * x.data.set([0.5, -2]);
 * const theta = tape.tensor([1], true);
 * theta.data.set([1]);
 * const y = clip(tape, x, theta, { lower: -1, leak: 1, levels: 0, rounding: 'round' });
 * y.data; // [0.5, -1]
 */
export class Tape implements Closeable {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly precision: Precision;
  readonly recording: boolean;
  readonly #entries: Entry[] = [];
  readonly #withGradient: Tensor[] = [];

  /** @param arena holds the memory of a step; the tape owns it from now on */
  constructor(kernels: Kernels, arena: Arena, options: TapeOptions = {}) {
    this.kernels = kernels;
    this.arena = arena;
    this.precision = options.precision ?? 'float32';
    this.recording = options.recording ?? true;
  }

  /** Memory of this step with undefined content. */
  scratch(length: number): Floats {
    const { arena } = this;
    return this.precision === 'float32'
      ? arena.heap.f32(arena.allocate(length * 4), length)
      : arena.heap.f64(arena.allocate(length * 8), length);
  }

  /** A tensor of this step with undefined content. */
  tensor(shape: readonly number[], needsGradient = false): Tensor {
    return new Tensor(this.scratch(sizeOf(shape)), shape, needsGradient);
  }

  /** The result of an operation: it needs a gradient when an input does. */
  result(shape: readonly number[], inputs: readonly Tensor[]): Tensor {
    return this.tensor(shape, this.needsAny(inputs));
  }

  /** The result of an operation that moves no data. */
  reshaped(x: Tensor, shape: readonly number[]): Tensor {
    return new Tensor(x.data, shape, this.needsAny([x]));
  }

  needsAny(inputs: readonly Tensor[]): boolean {
    return this.recording && inputs.some((input) => input.needsGradient);
  }

  /** Keeps what backward must do with the gradient `dy` of `output`. */
  record(output: Tensor, backward: (dy: Floats) => void): void {
    if (output.needsGradient) this.#entries.push({ output, backward });
  }

  /** Hands a fresh buffer for the gradient of `x` to `write`, which overwrites it; not called when `x` needs none. */
  receive(x: Tensor, write: (dx: Floats) => void): void {
    if (!x.needsGradient) return;
    const dx = this.scratch(x.size);
    write(dx);
    this.give(x, dx);
  }

  /** `dx` becomes the gradient of `x`; a second use of `x` is added to the first. */
  give(x: Tensor, dx: Floats): void {
    if (!x.needsGradient) return;
    if (x.gradient) this.kernels.add(x.gradient, dx, x.gradient);
    else {
      x.gradient = dx;
      this.#withGradient.push(x);
    }
  }

  /** Fills `gradient` of every tensor that `loss` (one element) depends on and that needs one. */
  backward(loss: Tensor): void {
    if (loss.size !== 1) throw new Error(`tape: backward starts at one element, found shape [${loss.shape}]`);
    this.receive(loss, (dx) => dx.fill(1));
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const { output, backward } = this.#entries[i]!;
      if (output.gradient) backward(output.gradient);
    }
  }

  /** Forgets the step and gives the memory of its arena back to the heap. */
  close(): void {
    this.reset();
    this.arena.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Forgets the step: entries, gradients (those of parameters too) and all memory of the arena. */
  reset(): void {
    this.#entries.length = 0;
    for (const tensor of this.#withGradient) tensor.gradient = null;
    this.#withGradient.length = 0;
    this.arena.reset();
  }
}
