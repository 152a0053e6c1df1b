/**
 * @file IDX, the format of MNIST: two zero bytes, type, number of dimensions, each dimension as a big-endian
 * 32-bit integer, then the values, big-endian, row by row.
 */
import ndarray from 'ndarray';
import { InputError } from '../errors.ts';
import { gunzip } from './gunzip.ts';

/** The values of an IDX file, in the type that it states. */
export type IdxArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

interface IdxType {
  readonly bytes: number;
  readonly create: (length: number) => IdxArray;
  readonly get: (view: DataView, at: number) => number;
}

const TYPES: Readonly<Record<number, IdxType>> = {
  8: { bytes: 1, create: (n) => new Uint8Array(n), get: (view, at) => view.getUint8(at) },
  9: { bytes: 1, create: (n) => new Int8Array(n), get: (view, at) => view.getInt8(at) },
  11: { bytes: 2, create: (n) => new Int16Array(n), get: (view, at) => view.getInt16(at) },
  12: { bytes: 4, create: (n) => new Int32Array(n), get: (view, at) => view.getInt32(at) },
  13: { bytes: 4, create: (n) => new Float32Array(n), get: (view, at) => view.getFloat32(at) },
  14: { bytes: 8, create: (n) => new Float64Array(n), get: (view, at) => view.getFloat64(at) },
};

const hex = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join(' ');

/**
 * Reads an unpacked IDX file. Values of one byte are a view of the file, wider types are copied.
 * @param name the file to blame in an error
 * @throws InputError for a wrong magic number or a length that does not match the dimensions
 * @example
 * parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]), 'labels').get(1); // 9
 */
export function parseIdx(bytes: Uint8Array<ArrayBuffer>, name: string): ndarray.NdArray<IdxArray> {
  const type = TYPES[bytes[2] ?? 0];
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || type === undefined) {
    throw new InputError(
      `${name}: an IDX file begins with 00 00, a type (08, 09, 0b..0e) and its dimensions, found ${hex(bytes.subarray(0, 4)) || 'nothing'}; is it the right file?`,
    );
  }
  const rank = bytes[3]!;
  const header = 4 + 4 * rank;
  if (rank === 0 || bytes.length < header) {
    throw new InputError(
      `${name}: an IDX header of ${rank} dimensions takes ${header} bytes, found ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, size) => product * size, 1);
  const expected = header + count * type.bytes;
  if (bytes.length !== expected) {
    throw new InputError(
      `${name}: ${shape.join('x')} values of ${type.bytes} byte take ${expected} bytes with the header, found ${bytes.length}; download it again`,
    );
  }
  if (bytes[2] === 8) return ndarray(bytes.subarray(header) as IdxArray, shape);
  const data = type.create(count);
  for (let i = 0; i < count; i++) data[i] = type.get(view, header + i * type.bytes);
  return ndarray(data, shape);
}

/**
 * Reads an IDX file, gzipped or not. @throws InputError as parseIdx, and for a truncated gzip
 * @param name the file to blame
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9); // two bytes, as an IDX file
 * (await readIdx(bytes, 'labels')).data; // [7, 9]
 */
export async function readIdx(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<ndarray.NdArray<IdxArray>> {
  return parseIdx(await gunzip(bytes, name), name);
}
