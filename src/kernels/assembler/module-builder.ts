/**
 * @file Puts functions together to a binary WebAssembly module on an imported memory.
 *
 * @example
 * const builder = new ModuleBuilder({ shared: heap.shared });
 * builder.define('fill', ['i32', 'i32', 'f32'], 'none', (f, pointer, end, value) => {
 *   f.while(i32.lt_u(pointer, end), () => {
 *     f.do(f32.store(pointer, value));
 *     f.advance(pointer, 4);
 *   });
 * });
 * const program = team.load(builder.bytes());
 */
import { append, type Bytes, name, section, unsigned, vector } from './bytes.ts';
import { Code } from './code.ts';
import { type Expression, type Local, type Operand, operation } from './expression.ts';
import { FunctionBuilder, localAt } from './function-builder.ts';
import { AssemblerError, TYPE_CODE, type ValueType } from './types.ts';

type Locals<P extends readonly ValueType[]> = { [I in keyof P]: Local<P[I]> };
type Operands<P extends readonly ValueType[]> = { [I in keyof P]: Operand<P[I]> };
type Signature = readonly [parameters: readonly ValueType[], result: ValueType | 'none'];

/** Calls a function of the same module. */
export type Call<P extends readonly ValueType[], R extends ValueType | 'none'> = (
  ...operands: Operands<P>
) => Expression<R>;

export interface MemoryImport {
  /** Must say what the memory is: a shared one has a maximum in its type. */
  readonly shared: boolean;
  /** At least the memory's own maximum. */
  readonly maximumPages?: number;
}

const MAGIC: Bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

export class ModuleBuilder {
  readonly #memory: MemoryImport;
  readonly #signatures: Signature[] = [];
  readonly #bodies: Bytes[] = [];
  readonly #exports: Bytes[] = [];
  readonly #names = new Set<string>();

  constructor(memory: MemoryImport) {
    this.#memory = memory;
  }

  /**
   * Adds an exported function. The body may return an expression: the function's result.
   * @throws AssemblerError when an operation does not fit the operand stack.
   */
  define<const P extends readonly ValueType[], R extends ValueType | 'none'>(
    title: string,
    parameters: P,
    result: R,
    body: (f: FunctionBuilder, ...parameters: Locals<P>) => Expression<ValueType> | undefined,
  ): Call<P, R> {
    if (this.#names.has(title)) throw new AssemblerError(`${title}: defined twice`);
    this.#names.add(title);
    const index = this.#signatures.length;
    this.#signatures.push([parameters, result]);
    const code = new Code(parameters);
    const locals = parameters.map((type, at) => localAt(at, type)) as unknown as Locals<P>;
    body(new FunctionBuilder(code), ...locals)?.emit(code);
    this.#bodies.push(code.finish(result));
    this.#exports.push([...name(title), 0x00, ...unsigned(index)]);
    return (...operands) =>
      operation(
        `call ${title}`,
        0x10,
        parameters,
        result,
        operands as (Expression<ValueType> | number)[],
        unsigned(index),
      );
  }

  /** The module in binary form. */
  bytes(): Uint8Array<ArrayBuffer> {
    const types = this.#signatures.map(([parameters, result]) => [
      0x60,
      ...vector(parameters.map((type) => [TYPE_CODE[type]])),
      ...vector(result === 'none' ? [] : [[TYPE_CODE[result]]]),
    ]);
    const { shared, maximumPages = 65536 } = this.#memory;
    const limits = shared ? [0x03, 0, ...unsigned(maximumPages)] : [0x00, 0];
    const memory = [...name('env'), ...name('memory'), 0x02, ...limits];
    // Profilers and stack traces show these.
    const names = [...this.#names].map((title, index) => [...unsigned(index), ...name(title)]);
    const sections = [
      section(1, vector(types)),
      section(2, vector([memory])),
      section(3, vector(this.#signatures.map((_, index) => unsigned(index)))),
      section(7, vector(this.#exports)),
      section(10, vector(this.#bodies)),
      section(0, [...name('name'), ...section(1, vector(names))]),
    ];
    return Uint8Array.from(sections.reduce<number[]>(append, [...MAGIC]));
  }
}
