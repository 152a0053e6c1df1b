/**
 * @file Numbers that a file fixes: initialisers, and what is computed from them alone.
 */

/** Values in row-major order. NaN among the whole numbers of a shape stands for the size of the batch, which nobody knows yet. */
export interface Constant {
  readonly dims: readonly number[];
  readonly data: Float32Array<ArrayBufferLike> | Float64Array<ArrayBufferLike>;
  /** The number of its type in onnx.proto. */
  readonly type: number;
}

/** The size of the batch. */
export const BATCH: number = Number.NaN;

export const volume = (dims: readonly number[]): number => dims.reduce((product, size) => product * size, 1);

/** A list of whole numbers. */
export const integers = (values: readonly number[]): Constant => ({
  dims: [values.length],
  data: Float64Array.from(values),
  type: 7,
});
