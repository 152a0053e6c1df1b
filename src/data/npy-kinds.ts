/**
 * @file The kinds of numbers that npy files hold, by NumPy's names for them, and the typed arrays that they become.
 */
import { InputError } from '../errors.ts';

/** The values of an npy file, in the type that it states. */
export type NpyArray =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** One kind of number. */
export interface NpyKind {
  /** Of one value in a file. */
  readonly bytes: number;
  /** A typed array for values of this kind. */
  readonly create: (length: number) => NpyArray;
  /** The values of a little-endian file. */
  readonly read: (buffer: ArrayBuffer, name: string) => NpyArray;
  /** True: arrays of `create`'s type are written as this kind. */
  readonly writes: boolean;
}

type Construct = new (content: number | ArrayBuffer) => NpyArray;

const plain = (bytes: number, Values: Construct): NpyKind => ({
  bytes,
  create: (length) => new Values(length),
  read: (buffer) => new Values(buffer),
  writes: true,
});

/** Whole numbers of 8 bytes, as float64 where that is exact. */
const wide = (Wide: typeof BigInt64Array | typeof BigUint64Array): NpyKind => ({
  bytes: 8,
  create: (length) => new Float64Array(length),
  read: (buffer, name) =>
    Float64Array.from(new Wide(buffer), (value) => {
      const number = Number(value);
      if (Number.isSafeInteger(number)) return number;
      throw new InputError(`${name}: ${value} is beyond 2^53, where float64 is no longer exact`);
    }),
  writes: false,
});

export const NPY_KINDS: Readonly<Record<string, NpyKind>> = {
  '<f8': plain(8, Float64Array as Construct),
  '<f4': plain(4, Float32Array as Construct),
  '<i4': plain(4, Int32Array as Construct),
  '<u4': plain(4, Uint32Array as Construct),
  '<i2': plain(2, Int16Array as Construct),
  '<u2': plain(2, Uint16Array as Construct),
  '|i1': plain(1, Int8Array as Construct),
  '|u1': plain(1, Uint8Array as Construct),
  '|b1': { ...plain(1, Uint8Array as Construct), writes: false },
  '<i8': wide(BigInt64Array),
  '<u8': wide(BigUint64Array),
};

/** The kind that a `descr` names, in either order of bytes; undefined for any other. */
export function readKind(descr: string): NpyKind | undefined {
  const known = (key: string): NpyKind | undefined =>
    Object.hasOwn(NPY_KINDS, key) ? NPY_KINDS[key] : undefined;
  const body = descr.slice(1);
  if (!/^[<>|=]$/.test(descr[0] ?? '')) return undefined;
  if (known(`|${body}`)) return known(`|${body}`); // one byte has no order
  const kind = known(`<${body}`);
  if (!kind || descr[0] === '|') return undefined;
  if (descr[0] !== '>') return kind;
  return { ...kind, read: (buffer, name) => kind.read(swapped(buffer, kind.bytes), name) };
}

/** Every `size` bytes in reverse. */
function swapped(buffer: ArrayBuffer, size: number): ArrayBuffer {
  const bytes = new Uint8Array(buffer);
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return buffer;
}
