/**
 * @file IDX, the format of MNIST: two zero bytes, type, number of dimensions, each dimension as a big-endian
 * 32-bit integer, then the values, big-endian, row by row.
 */
import type { NdArray } from 'ndarray';
import { InputError } from '../errors.ts';
import { ndarray } from '../platform/ndarray.ts';
import { DEFLATE_RATIO, isGzip, unpackGzip } from './gunzip.ts';

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

/** Dimensions of an array at most; a file may claim 255, and no data set has more than four. */
const MAX_RANK = 16;

const hex = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join(' ');

/** What the first bytes of a file say of all. */
interface Header {
  readonly type: IdxType;
  readonly shape: readonly number[];
  readonly count: number;
  /** Bytes of the header, and of the whole file. */
  readonly start: number;
  readonly total: number;
}

/** @param bytes at least the header */
function parseHeader(bytes: Uint8Array, name: string): Header {
  const type = TYPES[bytes[2] ?? 0];
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0 || type === undefined) {
    throw new InputError(
      `${name}: an IDX file begins with 00 00, a type (08, 09, 0b..0e) and its dimensions, found ${hex(bytes.subarray(0, 4)) || 'nothing'}; is it the right file?`,
    );
  }
  const rank = bytes[3]!;
  const start = 4 + 4 * rank;
  if (rank === 0 || bytes.length < start) {
    throw new InputError(
      `${name}: an IDX header of ${rank} dimensions takes ${start} bytes, found ${bytes.length}`,
    );
  }
  if (rank > MAX_RANK)
    throw new InputError(
      `${name}: an IDX array has at most ${MAX_RANK} dimensions here, found ${rank}; is it the right file?`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const count = shape.reduce((product, size) => product * size, 1);
  return { type, shape, count, start, total: start + count * type.bytes };
}

const wrongLength = ({ shape, type, total }: Header, found: number | string, name: string): InputError =>
  new InputError(
    `${name}: ${shape.join('x')} values of ${type.bytes} byte take ${total} bytes with the header, found ${found}; download it again`,
  );

/**
 * Reads an unpacked IDX file. Values of one byte are a view of the file, wider types are copied.
 * @param name the file to blame in an error
 * @throws InputError for a wrong magic number or a length that does not match the dimensions
 * @example
 * parseIdx(new Uint8Array([0, 0, 8, 1, 0, 0, 0, 2, 7, 9]), 'labels').get(1); // 9
 */
export function parseIdx(bytes: Uint8Array<ArrayBuffer>, name: string): NdArray<IdxArray> {
  const header = parseHeader(bytes, name);
  const { type, count, start, total } = header;
  const shape = [...header.shape];
  if (bytes.length !== total) throw wrongLength(header, bytes.length, name);
  if (bytes[2] === 8) return ndarray(bytes.subarray(start) as IdxArray, shape);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = type.create(count);
  for (let i = 0; i < count; i++) data[i] = type.get(view, start + i * type.bytes);
  return ndarray(data, shape);
}

/**
 * Reads an IDX file, gzipped or not. Of a gzip the header is unpacked first: no more room is made than it asks for, and it may ask
 * for no more than the gzip can hold.
 * @param name the file to blame
 * @throws InputError as parseIdx, and for a truncated gzip
 * @example
 * const bytes = Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 7, 9); // two bytes, as an IDX file
 * (await readIdx(bytes, 'labels')).data; // [7, 9]
 */
export async function readIdx(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<NdArray<IdxArray>> {
  if (!isGzip(bytes)) return parseIdx(bytes, name);
  const packed = unpackGzip(bytes, name);
  try {
    const head = new Uint8Array(4 + 4 * MAX_RANK);
    const had = await packed.fill(head);
    const header = parseHeader(head.subarray(0, had), name);
    const { total } = header;
    if (total > DEFLATE_RATIO * bytes.length)
      throw wrongLength(header, `a gzip of ${bytes.length}, which cannot hold them`, name);
    if (had > total) throw wrongLength(header, 'more', name);
    const whole = new Uint8Array(total);
    whole.set(head.subarray(0, had));
    const found = had + (await packed.fill(whole.subarray(had)));
    if (found !== total) throw wrongLength(header, found, name);
    if ((await packed.fill(new Uint8Array(1))) > 0) throw wrongLength(header, 'more', name);
    return parseIdx(whole, name);
  } finally {
    await packed.close();
  }
}
