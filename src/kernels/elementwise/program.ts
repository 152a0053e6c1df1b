/**
 * @file An expression as a list of instructions on registers: what the plain loop runs and the SIMD kernel is made from.
 */
import type { Instruction, Operation, Value } from './operation.ts';

/** `to = instruction(...from)`, in registers. */
export interface Step {
  readonly instruction: Instruction;
  readonly from: readonly number[];
  readonly to: number;
}

export interface Program {
  /** Indices of the inputs that are needed; input i is in register i of this list. */
  readonly inputs: readonly number[];
  readonly constants: readonly { readonly register: number; readonly value: number }[];
  readonly steps: readonly Step[];
  /** The registers of the results. */
  readonly outputs: readonly number[];
  readonly registers: number;
}

/** Equal subexpressions become one register; operations without an instruction of their own are written out. */
export function compile(outputs: readonly Value[], precision: 'float32' | 'float64'): Program {
  const inputs: number[] = [];
  const constants: { register: number; value: number }[] = [];
  const steps: Step[] = [];
  const byValue = new Map<Value, number>();
  const byText = new Map<string, number>();

  const collect = (value: Value): void => {
    if (byValue.has(value)) return;
    byValue.set(value, Number.NaN);
    if (value.input !== null && !inputs.includes(value.input)) inputs.push(value.input);
    value.operands.forEach(collect);
  };
  outputs.forEach(collect);
  byValue.clear();
  inputs.sort((a, b) => a - b);
  let registers = inputs.length;

  /** The register of a text, filled by `make` when the text is new. */
  const once = (text: string, make: (register: number) => void): number => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    const register = registers++;
    byText.set(text, register);
    make(register);
    return register;
  };
  const call = (operation: Operation, value: Value): number => {
    const { name, instruction, formula, float64 } = operation;
    const exact = precision === 'float64' && float64 ? plainOnly(float64) : undefined;
    const found = exact ?? instruction;
    if (!found) return visit(formula!(...value.operands));
    const from = value.operands.map(visit);
    return once(`${name} ${from}`, (to) => steps.push({ instruction: found, from, to }));
  };
  const visit = (value: Value): number => {
    const known = byValue.get(value);
    if (known !== undefined) return known;
    let register: number;
    if (value.input !== null) register = inputs.indexOf(value.input);
    else if (value.operation) register = call(value.operation, value);
    else
      register = once(`${Object.is(value.constant, -0) ? '-0' : value.constant}`, (to) =>
        constants.push({ register: to, value: value.constant }),
      );
    byValue.set(value, register);
    return register;
  };
  return { outputs: outputs.map(visit), inputs, constants, steps, registers };
}

function plainOnly(plain: Instruction['plain']): Instruction {
  return {
    plain,
    simd: () => {
      throw new Error('a float64 function has no vectors');
    },
  };
}

/**
 * Expressions that are computed together, compiled once per precision.
 * @example
 * const swish = { name: 'swish', formula: (x) => x.mul(x.sigmoid()) };
 * tape.array([0]).apply(swish).data; // [0]: tensors make such a program of an operation, once
 */
export class MapProgram {
  readonly outputs: readonly Value[];
  readonly #compiled: Partial<Record<'float32' | 'float64', Program>> = {};

  constructor(outputs: readonly Value[]) {
    this.outputs = outputs;
  }

  for(precision: 'float32' | 'float64'): Program {
    this.#compiled[precision] ??= compile(this.outputs, precision);
    return this.#compiled[precision];
  }
}
