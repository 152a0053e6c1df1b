/**
 * @file The body of one function while it is written: bytes, locals, labels, and a model of the operand stack.
 * Every operation is checked against that model the moment it is emitted, so that a mistake shows its own line
 * in the stack trace instead of a byte offset in a validation error.
 */
import { type Bytes, unsigned } from './bytes.ts';
import { AssemblerError, TYPE_CODE, type ValueType } from './types.ts';

/** A structured block that can be left (block) or repeated (loop). */
export interface Label {
  readonly depth: number;
}

/** 0xPPNNN is the prefix byte PP and the number NNN; below 0x100 it is the byte itself. */
function opcodeBytes(opcode: number): Bytes {
  return opcode < 0x100 ? [opcode] : [Math.floor(opcode / 0x1000), ...unsigned(opcode % 0x1000)];
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
    const have = this.#stack.length - this.#floors.at(-1)!;
    const found = this.#stack.slice(this.#stack.length - Math.min(have, operands.length));
    if (found.length !== operands.length || operands.some((type, at) => type !== found[at])) {
      throw new AssemblerError(
        `${name}: expected [${operands.join(' ')}] on the stack, found [${found.join(' ')}]`,
      );
    }
    this.#stack.length -= operands.length;
    if (result !== 'none') this.#stack.push(result);
    this.#bytes.push(...opcodeBytes(opcode), ...immediates);
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
    const left = this.#stack.slice(this.#floors.at(-1)!);
    if (left.length > 0) throw new AssemblerError(`${where}: [${left.join(' ')}] left on the stack`);
  }

  /** The finished body: locals, code, end. */
  finish(result: ValueType | 'none'): Bytes {
    if (this.#floors.length !== 1) throw new AssemblerError('finish: a structure is still open');
    const left = this.#stack.join(' ');
    if (left !== (result === 'none' ? '' : result)) {
      throw new AssemblerError(`finish: the function gives ${result}, the stack holds [${left}]`);
    }
    const own = this.#locals.slice(this.#parameters);
    const locals = [...unsigned(own.length), ...own.flatMap((type) => [1, TYPE_CODE[type]])];
    const size = locals.length + this.#bytes.length + 1;
    return [...unsigned(size), ...locals, ...this.#bytes, END];
  }
}
