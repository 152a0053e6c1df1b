/**
 * @file A program's steps as WebAssembly: registers are locals, comparisons stay masks until a number is asked for.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  type Local,
  v128,
} from '../assembler/assembler.ts';
import type { Program, Step } from './program.ts';

/** The registers of one vector. Several vectors share those that hold constants and single values. */
export class StepsCode {
  readonly registers: readonly Local<'v128'>[];
  readonly #f: FunctionBuilder;
  readonly #masks: ReadonlySet<number>;

  private constructor(f: FunctionBuilder, registers: readonly Local<'v128'>[], masks: ReadonlySet<number>) {
    this.#f = f;
    this.registers = registers;
    this.#masks = masks;
  }

  /**
   * For so many vectors at a time.
   * @param single which of the program's inputs have one value per row
   */
  static of(f: FunctionBuilder, program: Program, single: readonly boolean[], vectors: number): StepsCode[] {
    const { constants, registers, steps } = program;
    const masks = new Set(steps.filter((step) => step.instruction.comparison).map((step) => step.to));
    const first = f.locals(registers, 'v128');
    // In locals: engines make a constant anew wherever it stands in the text, with several instructions.
    for (const { register, value } of constants) f.set(first[register]!, f32x4Constant(value));
    const shared = new Set(constants.map(({ register }) => register));
    for (const [register, one] of single.entries()) if (one) shared.add(register);
    return Array.from({ length: vectors }, (_, vector) => {
      const own = first.map((local, r) => (vector === 0 || shared.has(r) ? local : f.local('v128')));
      return new StepsCode(f, own, masks);
    });
  }

  number(register: number): Expression<'v128'> {
    const local = this.registers[register]!;
    return this.#masks.has(register) ? v128.and(local, f32x4Constant(1)) : local;
  }

  write({ instruction, from, to }: Step): void {
    const values = from.map((register, i) =>
      instruction.condition && i === 0 ? this.#mask(register) : this.number(register),
    );
    this.#f.set(this.registers[to]!, instruction.simd(...values));
  }

  #mask(register: number): Expression<'v128'> {
    if (this.#masks.has(register)) return this.registers[register]!;
    return f32x4.ne(this.number(register), f32x4Constant(0));
  }
}
