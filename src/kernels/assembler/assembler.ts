/**
 * @file The assembler on one page: TypeScript in, a WebAssembly module out, at run time, without any tool.
 *
 * A `ModuleBuilder` collects functions. A function's body is written by a callback that gets a `FunctionBuilder`
 * (statements: set, do, if, for, while, loop, block, branch) and its parameters as locals. Values are expression trees:
 * `f32x4.add(sum, v128.load(pointer, 16))`. TypeScript checks operand types while you type, `Code` checks the operand
 * stack while it emits, and the engine validates the whole.
 */
export { Code, type Label } from './code.ts';
export type { Expression, Local, Operand, Statement } from './expression.ts';
export { fuses, hasRelaxedSimd, hasSimd, multiplyAdd } from './features.ts';
export { FunctionBuilder } from './function-builder.ts';
export { type Call, type MemoryImport, ModuleBuilder } from './module-builder.ts';
export { defineFunction, defineTask, inOrder, type NamedCall, type NamedLocals } from './named-parameters.ts';
export {
  f32,
  f32x4,
  f32x4Constant,
  f64,
  f64x2,
  i16x8,
  i32,
  i32x4,
  i32x4Constant,
  select,
  shuffle,
  v128,
} from './operations.ts';
export { AssemblerError, type ValueType } from './types.ts';
