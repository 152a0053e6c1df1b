/**
 * @file The number formats of safetensors, as bytes and as typed arrays. Typed arrays are little endian on every
 * machine that runs JavaScript engines today, and so is the format.
 */
import { fromFloat16s, toFloat16 } from './float16.ts';

/** The formats by name, and how many bytes one value takes. */
export const DTYPES = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  U32: 4,
  I16: 2,
  U16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
} as const;

/** The name of a number format. */
export type Dtype = keyof typeof DTYPES;

/** The values of a tensor in memory. */
export type TensorData =
  | Float64Array<ArrayBufferLike>
  | Float32Array<ArrayBufferLike>
  | BigInt64Array<ArrayBufferLike>
  | Int32Array<ArrayBufferLike>
  | Uint32Array<ArrayBufferLike>
  | Int16Array<ArrayBufferLike>
  | Uint16Array<ArrayBufferLike>
  | Int8Array<ArrayBufferLike>
  | Uint8Array<ArrayBufferLike>;

/**
 * The values that bytes stand for.
 * @param bytes at the start of a buffer of their own
 */
export function decodeValues(bytes: Uint8Array<ArrayBufferLike>, dtype: Dtype): TensorData {
  const { buffer } = bytes;
  switch (dtype) {
    case 'F64':
      return new Float64Array(buffer);
    case 'F32':
      return new Float32Array(buffer);
    case 'F16':
      return fromFloat16s(new Uint16Array(buffer));
    case 'BF16':
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer);
    case 'I64':
      return new BigInt64Array(buffer);
    case 'I32':
      return new Int32Array(buffer);
    case 'U32':
      return new Uint32Array(buffer);
    case 'I16':
      return new Int16Array(buffer);
    case 'U16':
      return new Uint16Array(buffer);
    case 'I8':
      return new Int8Array(buffer);
    default:
      return bytes;
  }
}

/**
 * The bytes of values. F16 rounds to the nearest; BF16 can be read but not written.
 * @throws RangeError when the array is not of the format's kind
 */
export function encodeValues(data: TensorData, dtype: Dtype): Uint8Array<ArrayBufferLike> {
  if (dtype === 'F16' && data instanceof Float32Array) {
    return new Uint8Array(Uint16Array.from(data, toFloat16).buffer);
  }
  const kind = decodeValues(new Uint8Array(0), dtype).constructor;
  if (dtype === 'F16' || dtype === 'BF16' || data.constructor !== kind) {
    throw new RangeError(`a ${data.constructor.name} cannot be written as ${dtype}`);
  }
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
