/**
 * @file Expressions of element-wise operations: `x.mul(0.5).tanh()` builds a tree that is compiled, not computed.
 *
 * @example
 * const x = Traced.input(0);
 * const y = x.mul(2).add(1);
 * y.operation.name; // 'add'
 */
import { ElementwiseMethods } from './methods.ts';
import type { Operation, Value } from './operation.ts';

export class Traced extends ElementwiseMethods<Value> implements Value {
  readonly operation: Operation | null;
  readonly operands: readonly Value[];
  readonly input: number | null;
  readonly constant: number;

  private constructor(
    operation: Operation | null,
    operands: readonly Value[],
    input: number | null,
    constant: number,
  ) {
    super();
    this.operation = operation;
    this.operands = operands;
    this.input = input;
    this.constant = constant;
  }

  static input(index: number): Value {
    return new Traced(null, [], index, Number.NaN);
  }

  static of(operation: Operation, operands: readonly (Value | number)[]): Value {
    const values = operands.map((value) =>
      typeof value === 'number' ? new Traced(null, [], null, value) : value,
    );
    return new Traced(operation, values, null, Number.NaN);
  }

  override apply(operation: Operation, ...others: readonly (Value | number)[]): Value {
    return Traced.of(operation, [this, ...others]);
  }
}
