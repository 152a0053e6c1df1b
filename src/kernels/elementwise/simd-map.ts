/**
 * @file An element-wise program as a WebAssembly kernel: four floats at a time, every intermediate value in a register.
 * Table: [rows][inputs] addresses of where a row begins in each input.
 */
import {
  type Expression,
  type FunctionBuilder,
  f32x4,
  f32x4Constant,
  i32,
  type Local,
  ModuleBuilder,
  select,
  v128,
} from '../assembler/assembler.ts';
import { type Access, FOUR, ONE } from '../vector-loops/periodic-loop.ts';
import type { Program } from './program.ts';

/** What every entry is told before the outputs' addresses. Lengths in values. */
export const MAP = ['table', 'rows', 'rowsPerTask', 'length', 'total'] as const;

/** @param single which of the program's inputs have one value per row */
export function mapModule(
  program: Program,
  single: readonly boolean[],
  shared: boolean,
): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder({ shared });
  const parameters = ['task', 'lane', ...MAP, ...program.outputs].map((): 'i32' => 'i32');
  builder.define('map', parameters, 'none', (f, ...locals) => {
    const [task, , table, rows, rowsPerTask, length, total, ...outputs] = locals as [
      L,
      L,
      L,
      L,
      L,
      L,
      L,
      ...L[],
    ];
    const row = f.local('i32', i32.mul(task, rowsPerTask));
    const end = f.local('i32', i32.add(row, rowsPerTask));
    f.set(end, select('i32', end, rows, i32.lt_u(end, rows)));
    const begin = f.local('i32', i32.mul(row, length));
    const bytes = f.local('i32');
    const at = f.local('i32');
    const inputs = single.map(() => f.local('i32'));
    const results = outputs.map(() => f.local('i32'));
    const code = new StepsCode(f, program, single);
    f.while(i32.lt_u(row, end), () => {
      inputs.forEach((input, i) => {
        const entry = i32.add(table, i32.mul(row, 4 * single.length));
        f.set(input, i32.load(entry, 4 * i));
        if (single[i]) f.set(code.registers[i]!, v128.load32_splat(input));
      });
      results.forEach((result, k) => {
        f.set(result, i32.add(outputs[k]!, i32.shl(begin, 2)));
      });
      f.set(bytes, i32.sub(total, begin));
      f.set(bytes, i32.shl(select('i32', bytes, length, i32.lt_u(bytes, length)), 2));
      const step = (access: Access): void => {
        inputs.forEach((input, i) => {
          if (!single[i]) f.set(code.registers[i]!, access.load(i32.add(input, at)));
        });
        code.write();
        program.outputs.forEach((register, k) => {
          f.do(access.store(i32.add(results[k]!, at), code.number(register)));
        });
      };
      f.for(at, 0, i32.sub(bytes, 15), 16, () => step(FOUR));
      f.while(i32.lt_u(at, bytes), () => {
        step(ONE);
        f.advance(at, 4);
      });
      f.advance(begin, length);
      f.advance(row, 1);
    });
  });
  return builder.bytes();
}

type L = Local<'i32'>;

/** The program's steps on locals; comparisons stay masks until a number is asked for. */
class StepsCode {
  readonly registers: readonly Local<'v128'>[];
  readonly #f: FunctionBuilder;
  readonly #program: Program;
  readonly #masks: ReadonlySet<number>;
  readonly #constants: ReadonlyMap<number, number>;

  constructor(f: FunctionBuilder, program: Program, single: readonly boolean[]) {
    this.#f = f;
    this.#program = program;
    this.#masks = new Set(program.steps.filter((step) => step.instruction.comparison).map((step) => step.to));
    this.#constants = new Map(program.constants.map(({ register, value }) => [register, value]));
    const computed = new Set([...single.keys(), ...program.steps.map((step) => step.to)]);
    const locals = new Map([...computed].map((register) => [register, f.local('v128')]));
    this.registers = Array.from({ length: program.registers }, (_, register) => locals.get(register)!);
  }

  number(register: number): Expression<'v128'> {
    const constant = this.#constants.get(register);
    if (constant !== undefined) return f32x4Constant(constant);
    const local = this.registers[register]!;
    return this.#masks.has(register) ? v128.and(local, f32x4Constant(1)) : local;
  }

  write(): void {
    for (const { instruction, from, to } of this.#program.steps) {
      const values = from.map((register, i) =>
        instruction.condition && i === 0 ? this.#mask(register) : this.number(register),
      );
      this.#f.set(this.registers[to]!, instruction.simd(...values));
    }
  }

  #mask(register: number): Expression<'v128'> {
    if (this.#masks.has(register)) return this.registers[register]!;
    return f32x4.ne(this.number(register), f32x4Constant(0));
  }
}
