import { type FunctionBuilder, i32, type Local } from '../assembler/assembler.ts';
import type { Access } from '../vector-loops/periodic-loop.ts';

/** The parameters of one column in locals, by name; in memory they are [names, period]. */
export class ColumnParameters<Name extends string> {
  readonly values: Readonly<Record<Name, Local<'v128'>>>;
  readonly #f: FunctionBuilder;
  readonly #pairs: readonly (readonly [value: Local<'v128'>, address: Local<'i32'>])[];

  constructor(
    f: FunctionBuilder,
    { parameters, period }: Readonly<Record<'parameters' | 'period', Local<'i32'>>>,
    names: readonly Name[],
  ) {
    const values = f.locals(names.length, 'v128');
    this.#f = f;
    this.#pairs = values.map((value, k) => [value, f.let(i32.add(parameters, i32.mul(period, k)))]);
    this.values = Object.fromEntries(names.map((name, k) => [name, values[k]])) as Record<
      Name,
      Local<'v128'>
    >;
  }

  /** Loads those of the column `c` bytes from the first. */
  begin(access: Access, c: Local<'i32'>): void {
    for (const [value, address] of this.#pairs) this.#f.set(value, access.load(i32.add(address, c)));
  }
}
