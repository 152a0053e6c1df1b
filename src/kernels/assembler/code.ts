/**
 * @file The body of one function while it is written: bytes, locals, labels, and a model of the operand stack.
 * Every operation is checked against that model the moment it is emitted, so that a mistake shows its own line
 * in the stack trace instead of a byte offset in a validation error.
 */
import { append, type Bytes, unsigned, vector } from './bytes.ts';
import { AssemblerError, TYPE_CODE, type ValueType } from './types.ts';

/** A structured block that can be left (block) or repeated (loop). */
export interface Label {
  readonly depth: number;
}

const EMPTY_BLOCK = 0x40;
const END = 0x0b;

export class Code {
  readonly #bytes: number[] = [];
  readonly #stack: ValueType[] = [];
  readonly #floors: number[] = [0];
  readonly #locals: ValueType[];
  readonly #parameters: number;

  constructor(parameters: readonly ValueType[]) {
    this.#locals = [...parameters];
    this.#parameters = parameters.length;
  }

  /** Emits one operation: takes `operands` from the stack and leaves `result`. */
  operation(
    name: string,
    opcode: number,
    operands: readonly ValueType[],
    result: ValueType | 'none',
    immediates: Bytes = [],
  ): void {
    const stack = this.#stack;
    const base = stack.length - operands.length;
    if (base < this.#floors.at(-1)! || operands.some((type, at) => type !== stack[base + at]))
      throw new AssemblerError(
        `${name}: expected [${operands.join(' ')}] on the stack, found [${this.#left(operands.length).join(' ')}]`,
      );
    stack.length = base;
    if (result !== 'none') stack.push(result);
    // 0xPPNNN is the prefix byte PP and the number NNN; below 0x100 it is the byte itself.
    if (opcode < 0x100) this.#bytes.push(opcode);
    else append(append(this.#bytes, [Math.floor(opcode / 0x1000)]), unsigned(opcode % 0x1000));
    append(this.#bytes, immediates);
  }

  /** What the current structure has left on the stack: its topmost types. */
  #left(most: number): ValueType[] {
    return this.#stack.slice(Math.max(this.#floors.at(-1)!, this.#stack.length - most));
  }

  /** The index of a new local. */
  local(type: ValueType): number {
    this.#locals.push(type);
    return this.#locals.length - 1;
  }

  /** Opens block (0x02), loop (0x03) or if (0x04, takes a condition). No structure leaves a value. */
  open(opcode: 0x02 | 0x03 | 0x04): Label {
    this.operation('open', opcode, opcode === 0x04 ? ['i32'] : [], 'none', [EMPTY_BLOCK]);
    this.#floors.push(this.#stack.length);
    return { depth: this.#floors.length };
  }

  /** From the `then` to the `else` of the innermost if. */
  otherwise(): void {
    this.settled('else');
    this.#bytes.push(0x05);
  }

  close(): void {
    this.settled('end');
    this.#floors.pop();
    this.#bytes.push(END);
  }

  /** Branches to a label (0x0c) or does so if the i32 on the stack is not 0 (0x0d). */
  branch(opcode: 0x0c | 0x0d, label: Label): void {
    const distance = this.#floors.length - label.depth;
    if (distance < 0) throw new AssemblerError('branch: the label is not open here');
    this.operation('branch', opcode, opcode === 0x0d ? ['i32'] : [], 'none', unsigned(distance));
  }

  /** Checks that the current structure has left nothing on the stack. */
  settled(where: string): void {
    if (this.#stack.length > this.#floors.at(-1)!)
      throw new AssemblerError(
        `${where}: [${this.#left(Number.POSITIVE_INFINITY).join(' ')}] left on the stack`,
      );
  }

  /** The finished body: locals, code, end. */
  finish(result: ValueType | 'none'): Bytes {
    if (this.#floors.length !== 1) throw new AssemblerError('finish: a structure is still open');
    const left = this.#stack.join(' ');
    if (left !== (result === 'none' ? '' : result)) {
      throw new AssemblerError(`finish: the function gives ${result}, the stack holds [${left}]`);
    }
    const own = this.#locals.slice(this.#parameters);
    const locals = vector(own.map((type) => [1, TYPE_CODE[type]]));
    const size = locals.length + this.#bytes.length + 1;
    return append(append(append([...unsigned(size)], locals), this.#bytes), [END]);
  }
}
