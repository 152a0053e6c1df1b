/** @file The points of a tile in memory, n x n of them, row by row, each `stride` bytes from the one before. */
import { type Expression, type FunctionBuilder, i32, type Local, v128 } from '../../assembler/assembler.ts';

/** Reads them column by column. */
export class PointReader {
  readonly #f: FunctionBuilder;
  readonly #stride: Local<'i32'>;
  readonly #rowStride: Local<'i32'>;
  readonly #columns: readonly Local<'i32'>[];

  constructor(f: FunctionBuilder, n: number, stride: Local<'i32'>) {
    this.#f = f;
    this.#stride = stride;
    this.#rowStride = f.let(i32.mul(stride, n));
    this.#columns = f.locals(n, 'i32');
  }

  /** from: the first point. */
  begin(from: Local<'i32'>): void {
    this.#columns.forEach((column, j) => {
      this.#f.set(column, j === 0 ? from : i32.add(this.#columns[j - 1]!, this.#stride));
    });
  }

  /** Point (i, j); the rows of a column in their order. */
  load(i: number, j: number): Expression<'v128'> {
    const column = this.#columns[j]!;
    if (i > 0) this.#f.advance(column, this.#rowStride);
    return v128.load(column);
  }
}

/** Writes them one after the other. */
export class PointWriter {
  readonly #f: FunctionBuilder;
  readonly #stride: Local<'i32'>;
  readonly #at: Local<'i32'>;

  constructor(f: FunctionBuilder, stride: Local<'i32'>) {
    this.#f = f;
    this.#stride = stride;
    this.#at = f.local('i32');
  }

  /** to: the first point. */
  begin(to: Local<'i32'>): void {
    this.#f.set(this.#at, to);
  }

  next(value: Expression<'v128'>): void {
    this.#f.do(v128.store(this.#at, value));
    this.#f.advance(this.#at, this.#stride);
  }
}
