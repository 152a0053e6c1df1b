/**
 * @file Statements: what a function body is made of. Expressions come from operations.ts.
 */
import { unsigned } from './bytes.ts';
import type { Code, Label } from './code.ts';
import { type Expression, emitOperand, type Local, type Operand, type Statement } from './expression.ts';
import { i32 } from './operations.ts';
import type { ValueType } from './types.ts';

/** The local with this index. */
export function localAt<T extends ValueType>(index: number, type: T): Local<T> {
  return {
    index,
    type,
    emit: (code) => code.operation('local.get', 0x20, [], type, unsigned(index)),
  };
}

/** N locals of one type: a tuple where N is known to TypeScript, otherwise an array. */
export type Locals<N extends number, T extends ValueType, L extends Local<T>[] = []> = number extends N
  ? Local<T>[]
  : L['length'] extends N
    ? L
    : Locals<N, T, [...L, Local<T>]>;

/** Writes one function's body, statement by statement. */
export class FunctionBuilder {
  readonly #code: Code;

  constructor(code: Code) {
    this.#code = code;
  }

  /** A new local, 0 unless a first value is given. */
  local<T extends ValueType>(type: T, value?: Operand<T>): Local<T> {
    const local = localAt(this.#code.local(type), type);
    if (value !== undefined) this.set(local, value);
    return local;
  }

  /** A new local that keeps this value. */
  let<T extends ValueType>(value: Expression<T>): Local<T> {
    return this.local(value.type, value as Operand<T>);
  }

  /** Several new locals of one type, all 0: `const [x, y] = f.locals(2, 'i32')`. */
  locals<const N extends number, T extends ValueType>(count: N, type: T): Locals<N, T> {
    return Array.from({ length: count }, () => this.local(type)) as Locals<N, T>;
  }

  set<T extends ValueType>(local: Local<T>, value: Operand<T>): void {
    emitOperand(this.#code, value as Expression<ValueType> | number, local.type);
    this.#code.operation('local.set', 0x21, [local.type], 'none', unsigned(local.index));
  }

  /** local += by. */
  advance(local: Local<'i32'>, by: Operand<'i32'>): void {
    this.set(local, i32.add(local, by));
  }

  /** Runs stores, calls and other statements. */
  do(...statements: Statement[]): void {
    for (const statement of statements) {
      statement.emit(this.#code);
      this.#code.settled('statement');
    }
  }

  /** Evaluates and forgets the value. */
  drop(value: Expression<ValueType>): void {
    value.emit(this.#code);
    this.#code.operation('drop', 0x1a, [value.type], 'none');
  }

  /** A structure that `branch(label)` leaves. */
  block(body: (label: Label) => void): void {
    body(this.#code.open(0x02));
    this.#code.close();
  }

  /** A structure that `branch(label)` repeats; without a branch it runs once. */
  loop(body: (label: Label) => void): void {
    body(this.#code.open(0x03));
    this.#code.close();
  }

  branch(label: Label): void {
    this.#code.branch(0x0c, label);
  }

  branchIf(label: Label, condition: Operand<'i32'>): void {
    emitOperand(this.#code, condition, 'i32');
    this.#code.branch(0x0d, label);
  }

  if(condition: Operand<'i32'>, then: () => void, otherwise?: () => void): void {
    emitOperand(this.#code, condition, 'i32');
    this.#code.open(0x04);
    then();
    if (otherwise) {
      this.#code.otherwise();
      otherwise();
    }
    this.#code.close();
  }

  while(condition: Operand<'i32'>, body: () => void): void {
    this.if(condition, () =>
      this.loop((again) => {
        body();
        this.branchIf(again, condition);
      }),
    );
  }

  /** for (i = from; i < to; i += step) body, compared as signed; `to` and `step` are evaluated in every round. */
  for(
    i: Local<'i32'>,
    from: Operand<'i32'>,
    to: Operand<'i32'>,
    step: Operand<'i32'>,
    body: () => void,
  ): void {
    this.set(i, from);
    this.while(i32.lt_s(i, to), () => {
      body();
      this.advance(i, step);
    });
  }
}
