/**
 * @file NumPy's npy format, versions 1 to 3: magic, version, header length, a Python dictionary of descr, fortran_order
 * and shape, then the values. Lets other tools read what was measured here, and the other way round.
 */
import type { NdArray } from 'ndarray';
import { InputError } from '../errors.ts';
import { ndarray } from '../platform/ndarray.ts';
import { NPY_KINDS, type NpyArray, type NpyKind, readKind } from './npy-kinds.ts';

export type { NpyArray } from './npy-kinds.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy itself reads no header above 10,000 characters, and no array of more than 64 dimensions. */
const MAX_HEADER = 10_000;
const MAX_RANK = 32;

/** What an npy file says of its values. */
export interface NpyHeader {
  readonly kind: NpyKind;
  readonly shape: readonly number[];
  /** True: the first index runs fastest. */
  readonly columnsFirst: boolean;
  /** Number of values. */
  readonly count: number;
  /** Bytes of the header, and of the whole file. */
  readonly start: number;
  readonly total: number;
}

/**
 * @param bytes the beginning of the file, or all of it
 * @param name the file to blame
 * @returns null where the header goes on behind the bytes
 * @throws InputError for what is no npy file, or holds values that have no typed array
 */
export function npyHeader(bytes: Uint8Array<ArrayBufferLike>, name: string): NpyHeader | null {
  if (MAGIC.some((byte, i) => i < bytes.length && bytes[i] !== byte))
    throw new InputError(`${name}: expected an npy file of version 1 to 3; is it the right file?`);
  if (bytes.length < 10) return null;
  if (![1, 2, 3].includes(bytes[6]!))
    throw new InputError(`${name}: expected an npy file of version 1 to 3, found version ${bytes[6]}`);
  const wide = bytes[6] !== 1; // 4 bytes of header length instead of 2
  const begin = wide ? 12 : 10;
  if (bytes.length < begin) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > MAX_HEADER)
    throw new InputError(
      `${name}: an npy header has at most ${MAX_HEADER} characters, found ${length}; save plain arrays, not tables of many fields`,
    );
  const start = begin + length;
  if (bytes.length < start) return null;
  const text = new TextDecoder('latin1').decode(bytes.slice(begin, start));
  return { ...parseDictionary(text, name, start), start };
}

function parseDictionary(text: string, name: string, start: number): Omit<NpyHeader, 'start'> {
  const descr = /'descr':\s*'([^']{0,40})'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (order === undefined || sizes === undefined || (descr === undefined && !text.includes("'descr'")))
    throw new InputError(`${name}: npy header is damaged, found ${JSON.stringify(text.slice(0, 60))}`);
  const kind = descr === undefined ? undefined : readKind(descr);
  if (!kind)
    throw new InputError(
      `${name}: values of kind ${descr ?? 'with several fields'} are not among ${Object.keys(NPY_KINDS).join(', ')}; convert them by astype before they are saved`,
    );
  const shape = sizes
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number);
  if (shape.length > MAX_RANK)
    throw new InputError(
      `${name}: an array has at most ${MAX_RANK} dimensions here, found ${shape.length}; reshape it before it is saved`,
    );
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count * kind.bytes))
    throw new InputError(`${name}: values of shape (${shape.join(', ')}) are more than any file holds`);
  const total = start + count * kind.bytes;
  return { kind, shape, columnsFirst: order === 'True', count, total };
}

/**
 * The array of an npy file as an ndarray view. Values of 8-byte integers become float64, booleans bytes; big-endian files are read as well.
 * @param name the file to blame
 * @throws InputError for what is no npy file, is cut short, or holds values that have no typed array
 * @example
 * decodeNpy(encodeNpy(imageView(dataset)), 'images.npy').shape; // [20, 28, 28, 1]
 */
export function decodeNpy(bytes: Uint8Array<ArrayBufferLike>, name: string): NdArray<NpyArray> {
  const header = npyHeader(bytes, name);
  if (!header) throw new InputError(`${name}: npy header is damaged: cut short after ${bytes.length} bytes`);
  const { kind, columnsFirst, start, total } = header;
  const shape = [...header.shape];
  if (bytes.length !== total) {
    throw new InputError(
      `${name}: values of shape (${shape.join(', ')}) make ${total} bytes with the header, found ${bytes.length}`,
    );
  }
  const data = new Uint8Array(bytes.length - start);
  data.set(bytes.subarray(start));
  const values = kind.read(data.buffer, name);
  if (!columnsFirst) return ndarray(values, shape);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  return ndarray(values, shape, strides);
}

/**
 * The bytes of an npy file: the values in row-major order, whatever the strides; version 1.
 * @throws RangeError for arrays of a kind that npy does not have (Uint8ClampedArray, BigInt arrays)
 * @example
 * encodeNpy(imageView(dataset)).length; // 15808: a header of 128 bytes and 20 images
 */
export function encodeNpy(array: NdArray<NpyArray>): Uint8Array<ArrayBuffer> {
  const descr = Object.keys(NPY_KINDS).find(
    (key) => NPY_KINDS[key]!.writes && NPY_KINDS[key]!.create(0).constructor === array.data.constructor,
  );
  if (descr === undefined) throw new RangeError(`npy: a ${array.data.constructor.name} cannot be written`);
  const { bytes, create } = NPY_KINDS[descr]!;
  const { shape, stride } = array;
  const count = shape.reduce((product, size) => product * size, 1);
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64;
  const out = new Uint8Array(length + count * bytes);
  out.set([...MAGIC, 1, 0, (length - 10) & 255, (length - 10) >> 8]);
  out.set(new TextEncoder().encode(`${text.padEnd(length - 11)}\n`), 10);
  const values = create(count);
  const index = shape.map(() => 0);
  for (let i = 0; i < count; i++) {
    values[i] = array.data[index.reduce((at, k, axis) => at + k * stride[axis]!, array.offset)]!;
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis]! === shape[axis]; axis--) index[axis] = 0;
  }
  out.set(new Uint8Array(values.buffer), length);
  return out;
}
