/**
 * @file The number types of onnx.proto that are read, as bytes and as numbers.
 */
import { fromFloat16s } from '../format/float16.ts';

type Numbers = Float32Array<ArrayBufferLike> | Float64Array<ArrayBufferLike>;

export interface ElementType {
  readonly name: string;
  readonly size: number;
  /** The smallest and the largest whole number; null: a floating-point type. */
  readonly range: readonly [number, number] | null;
  /** @param bytes as many values as they hold, at any address */
  decode(bytes: Uint8Array<ArrayBufferLike>): Numbers;
}

/** Typed arrays want their own alignment; a file does not keep it. */
const aligned = (bytes: Uint8Array<ArrayBufferLike>, size: number): Uint8Array<ArrayBufferLike> =>
  bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);

const view = <T>(
  Kind: new (buffer: ArrayBufferLike, offset: number, length: number) => T,
  bytes: Uint8Array<ArrayBufferLike>,
  size: number,
): T => {
  const { buffer, byteOffset, byteLength } = aligned(bytes, size);
  return new Kind(buffer, byteOffset, byteLength / size);
};

const whole = (
  name: string,
  size: number,
  range: readonly [number, number],
  values: (bytes: Uint8Array<ArrayBufferLike>) => ArrayLike<number>,
): ElementType => ({ name, size, range, decode: (bytes) => Float64Array.from(values(bytes)) });

const real = (
  name: string,
  size: number,
  decode: (bytes: Uint8Array<ArrayBufferLike>) => Numbers,
): ElementType => ({ name, size, range: null, decode });

/** By their number in onnx.proto. */
export const ELEMENT_TYPES: ReadonlyMap<number, ElementType> = new Map([
  [1, real('float', 4, (bytes) => view(Float32Array, bytes, 4))],
  [2, whole('uint8', 1, [0, 255], (bytes) => bytes)],
  [3, whole('int8', 1, [-128, 127], (bytes) => view(Int8Array, bytes, 1))],
  [4, whole('uint16', 2, [0, 65535], (bytes) => view(Uint16Array, bytes, 2))],
  [5, whole('int16', 2, [-32768, 32767], (bytes) => view(Int16Array, bytes, 2))],
  [6, whole('int32', 4, [-(2 ** 31), 2 ** 31 - 1], (bytes) => view(Int32Array, bytes, 4))],
  [7, whole('int64', 8, [-(2 ** 63), 2 ** 63], (bytes) => Array.from(view(BigInt64Array, bytes, 8), Number))],
  [9, whole('bool', 1, [0, 1], (bytes) => bytes)],
  [10, real('float16', 2, (bytes) => fromFloat16s(view(Uint16Array, bytes, 2)))],
  [11, real('double', 8, (bytes) => view(Float64Array, bytes, 8))],
]);

export const FLOAT = 1;
export const INT64 = 7;
/** The floating-point types: float, float16, double. */
export const isFloating = (type: number): boolean => ELEMENT_TYPES.get(type)?.range === null;
