/**
 * @file Define-by-run automatic differentiation. An operation computes its result and leaves a closure on the tape;
 * `backward` runs the closures in reverse. All memory of a step comes from one arena and is forgotten by `reset`.
 */
import type { Floats, Kernels } from '../kernels/kernels.ts';
import { Arena } from '../memory/arena.ts';
import type { Runtime } from '../runtime.ts';
import { GradientMemory } from './gradient-memory.ts';
import type { Tape as TapeInterface, Tensor as TensorInterface } from './interfaces.ts';
import { type Shape, sizeOf } from './shape.ts';
import { type Precision, Tensor } from './tensor.ts';
import { type ArraySource, toFloats } from './to-floats.ts';

interface Entry {
  /** The layer that it belongs to, for profiles. */
  readonly layer: string;
  readonly output: TensorInterface;
  readonly backward: (dy: Floats) => void;
}

/** What a tape computes in, and whether it records. */
export interface TapeOptions {
  /** float64 exists for checking gradients, with the reference kernels. Default: float32. */
  readonly precision?: Precision;
  /** False in inference: nothing is kept for backward. Default: true. */
  readonly recording?: boolean;
}

/**
 * Makes tensors, writes down what is done with them, and plays it backwards for the gradients. Reset it after each step.
 * @example
 * const tape = Tape.on(runtime);
 * const w = tape.array([[1, 2], [3, 4]], true);
 * const loss = tape.array([[1, -1]]).matmul(w).relu().sum();
 * loss.backward();
 * w.gradient; // [0, 0, 0, 0]
 */
export class Tape implements TapeInterface {
  readonly kernels: Kernels;
  readonly arena: Arena;
  /** float64 is for checking gradients, in plain loops. */
  readonly precision: Precision;
  #recording: boolean;
  #layer = '';
  /** During a backward pass that keeps the gradients of leaves only. */
  #lending: GradientMemory | null = null;
  readonly #entries: Entry[] = [];
  readonly #withGradient: TensorInterface[] = [];

  /** @param arena holds the memory of a step; the tape owns it from now on */
  constructor(kernels: Kernels, arena: Arena, options: TapeOptions = {}) {
    this.kernels = kernels;
    this.arena = arena;
    this.precision = options.precision ?? 'float32';
    this.#recording = options.recording ?? true;
  }

  /** A tape with an arena of its own where a runtime is; closing it gives the memory back. */
  static on({ heap, kernels }: Pick<Runtime, 'heap' | 'kernels'>, options: TapeOptions = {}): Tape {
    return new Tape(kernels, new Arena(heap), options);
  }

  /** Whether operations are kept for backward. */
  get recording(): boolean {
    return this.#recording;
  }

  /** Runs `body` without keeping anything for backward: its results are constants. */
  noGrad<T>(body: () => T): T {
    const before = this.#recording;
    this.#recording = false;
    try {
      return body();
    } finally {
      this.#recording = before;
    }
  }

  /** Memory of this step with undefined content. */
  scratch(length: number): Floats {
    const { heap } = this.arena;
    const bytes = length * (this.precision === 'float32' ? 4 : 8);
    const pointer = this.#lending ? this.#lending.take(bytes) : this.arena.allocate(bytes);
    return this.precision === 'float32' ? heap.f32(pointer, length) : heap.f64(pointer, length);
  }

  /** A tensor of this step with undefined content. */
  tensor(shape: Shape, needsGradient = false): Tensor {
    return new Tensor(this.scratch(sizeOf(shape)), shape, needsGradient, this);
  }

  /** A tensor of this step from nested lists, an ndarray view with any strides, or a typed array (reshape it). */
  array(source: ArraySource, needsGradient = false): Tensor {
    const { shape, write } = toFloats(source);
    const tensor = this.tensor(shape, needsGradient);
    write(tensor.data);
    return tensor;
  }

  /** A tensor of this step with one value everywhere. */
  full(shape: Shape, value: number): Tensor {
    const tensor = this.tensor(shape);
    tensor.data.fill(value);
    return tensor;
  }

  /** A parameter on this tape: where an operation has no other operand that says which tape it is on. */
  use(parameter: TensorInterface): Tensor {
    const y = this.reshaped(parameter, parameter.shape);
    this.record(y, (dy) => this.receive(parameter, (dx) => dx.set(dy)));
    return y;
  }

  /** The result of an operation: it needs a gradient when an input does. */
  result(shape: Shape, inputs: readonly TensorInterface[]): Tensor {
    return this.tensor(shape, this.needsAny(inputs));
  }

  /** The result of an operation that moves no data. */
  reshaped(x: TensorInterface, shape: Shape): Tensor {
    return new Tensor(x.data, shape, this.needsAny([x]), this);
  }

  /** The same memory as a constant. */
  constant(x: TensorInterface): Tensor {
    return new Tensor(x.data, x.shape, false, this);
  }

  needsAny(inputs: readonly TensorInterface[]): boolean {
    return this.#recording && inputs.some((input) => input.needsGradient);
  }

  /** What is done from here on belongs to this layer: profiles (kernels/profile.ts) tell layers apart. */
  enter(layer: string): void {
    this.#layer = layer;
    this.kernels.profile?.enter(this.#recording ? 'forward' : 'inference', layer);
  }

  /** Keeps what backward must do with the gradient `dy` of `output`. */
  record(output: TensorInterface, backward: (dy: Floats) => void): void {
    if (output.needsGradient) this.#entries.push({ layer: this.#layer, output, backward });
  }

  /** Hands a fresh buffer for the gradient of `x` to `write`, which overwrites it; not called when `x` needs none. */
  receive(x: TensorInterface, write: (dx: Floats) => void): void {
    if (!x.needsGradient) return;
    const dx = this.scratch(x.size);
    write(dx);
    this.give(x, dx);
  }

  /** `dx` becomes the gradient of `x`; a second use of `x` is added to the first. */
  give(x: TensorInterface, dx: Floats): void {
    if (!x.needsGradient) return;
    if (x.gradient) this.kernels.add(x.gradient, dx, x.gradient);
    else {
      this.#lending?.hold(dx, 1);
      x.gradient = dx;
      this.#withGradient.push(x);
    }
  }

  /**
   * Fills `gradient` of every tensor that `loss` (one element) depends on and that needs one.
   * @param keep 'leaves': only of those that no operation made, such as parameters; the others' memory is used again
   */
  backward(loss: TensorInterface, keep: 'all' | 'leaves' = 'all'): void {
    if (loss.size !== 1) throw new Error(`tape: backward starts at one element, found shape [${loss.shape}]`);
    const entries = this.#entries;
    const lending = keep === 'leaves' ? new GradientMemory(this.arena) : null;
    // An output may be recorded several times: its gradient is needed down to the first of them.
    const first = lending && new Map(entries.map(({ output }, i) => [output, i] as const).reverse());
    this.#lending = lending;
    try {
      this.receive(loss, (dx) => dx.fill(1));
      for (let i = entries.length - 1; i >= 0; i--) {
        const { layer, output, backward } = entries[i]!;
        this.kernels.profile?.enter('backward', layer);
        const dy = output.gradient;
        if (!dy) continue;
        backward(dy);
        if (!lending) continue;
        if (first!.get(output) === i) {
          output.gradient = null;
          lending.hold(dy, -1);
        }
        lending.settle();
      }
    } finally {
      this.#lending = null;
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
