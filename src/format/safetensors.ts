/**
 * @file The safetensors format: 8 bytes with the header's length (little endian), the header as JSON
 * {NAME: {dtype, shape, data_offsets: [begin, end]}, __metadata__: {KEY: TEXT}}, then the tensors' bytes without holes.
 */
import { InputError } from '../errors.ts';
import { DTYPES, type Dtype, decodeValues, encodeValues, type TensorData } from './dtypes.ts';
import { EXCHANGE_WORDS, exchangeKind } from './exchange-file.ts';
import { brief, nameOf } from './fields.ts';
import { foreignFile } from './foreign-file.ts';
import { type JsonLimits, parseJson, writeJson } from './parse-json.ts';

/** A tensor of a file: as many values as its shape says. */
export interface StoredTensor {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** F16 and BF16 are kept as Float32Array, BOOL as Uint8Array, all others as their own kind. */
  readonly data: TensorData;
}

/** All that a file holds: tensors by name, texts by key. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Texts by key, as the format has them. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format allows no longer header, in bytes. */
const LONGEST_HEADER = 100_000_000;
/** Ours: nothing honest has more, and what a header costs to read is bounded by it. */
const MOST_TENSORS = 100_000;
const HIGHEST_RANK = 32;
const HEADER: JsonLimits = { depth: 3, values: 2_000_000, sizes: true };

/**
 * The bytes of a file. Tensors of wide values come first, so that every tensor is aligned.
 * @throws RangeError when a tensor's data do not fit its shape
 * @example
 * encodeSafetensors({ tensors: new Map(), metadata: { by: 'me' } }) instanceof Uint8Array; // true
 */
export function encodeSafetensors(file: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.create(null);
  if (Object.keys(file.metadata).length > 0) header.__metadata__ = file.metadata;
  const parts: Uint8Array[] = [];
  let end = 0;
  const wideFirst = [...file.tensors].sort((a, b) => DTYPES[b[1].dtype] - DTYPES[a[1].dtype]);
  for (const [name, { dtype, shape, data }] of wideFirst) {
    if (name === '__metadata__') throw new RangeError('a tensor cannot be called __metadata__');
    if (data.length !== volume(shape) || shape.length > HIGHEST_RANK) {
      throw new RangeError(`tensor ${name}: ${data.length} values for a shape of ${shape.join('x')}`);
    }
    const bytes = encodeValues(data, dtype);
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    parts.push(bytes);
    end += bytes.length;
  }
  const text = new TextEncoder().encode(writeJson(header, HEADER));
  if (file.tensors.size > MOST_TENSORS || text.length > LONGEST_HEADER)
    throw new RangeError(
      `${file.tensors.size} tensors, a header of ${text.length} bytes: more than can be read again`,
    );
  const length = Math.ceil(text.length / 8) * 8;
  const out = new Uint8Array(8 + length + end).fill(0x20, 8, 8 + length);
  new DataView(out.buffer).setBigUint64(0, BigInt(length), true);
  out.set(text, 8);
  let at = 8 + length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * A file from its bytes. Every tensor gets memory of its own.
 * @param name the file's name, for errors
 * @throws InputError for everything that the format forbids
 * @example
 * const file = { tensors: new Map([['w', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }]]), metadata: {} };
 * decodeSafetensors(encodeSafetensors(file), 'w.safetensors').tensors.get('w').data; // [1, 2]
 */
export function decodeSafetensors(bytes: Uint8Array<ArrayBufferLike>, name: string): TensorFile {
  const refuse = (fact: string): never => {
    throw new InputError(`${name}: ${fact}; not a safetensors file, or a damaged one`);
  };
  if (isJsonText(bytes))
    throw new InputError(
      `${name}: expected a file with weights (safetensors), found JSON; a description of a network has none: train it, or import weights for it`,
      { code: 'weights-missing' },
    );
  const other = exchangeKind(bytes.subarray(0, 128));
  if (other !== null)
    throw new InputError(
      `${name}: expected a safetensors file, found ${EXCHANGE_WORDS[other]}; ${other.includes('ONNX') || other === 'NIR file' ? 'import it first, and name what that makes' : 'name the network itself'}`,
    );
  const foreign = foreignFile(bytes.subarray(0, 128));
  if (foreign)
    throw new InputError(`${name}: expected a safetensors file, found ${foreign.words}; ${foreign.remedy}`);
  if (bytes.length < 8) return refuse(`expected 8 bytes with the header's length, found ${bytes.length}`);
  const stated = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (stated > LONGEST_HEADER || Number(stated) > bytes.length - 8) {
    refuse(
      stated > LONGEST_HEADER
        ? 'begins with no length of a header'
        : `header of ${stated} bytes is too long for a file of ${bytes.length} bytes`,
    );
  }
  const begin = 8 + Number(stated);
  const header = parseHeader(bytes.subarray(8, begin), refuse);
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + begin, bytes.length - begin);

  const { __metadata__: metadata = {}, ...described } = header;
  const entries = Object.entries(described);
  if (entries.length > MOST_TENSORS) refuse(`${entries.length} tensors are more than ${MOST_TENSORS}`);
  const ranges = entries.map(([key, entry]) => rangeOf(key, entry, data.length, refuse));
  checkCover(ranges, data.length, refuse);
  const tensors = new Map<string, StoredTensor>();
  for (const { key, dtype, shape, from, to } of ranges)
    tensors.set(key, { dtype, shape, data: decodeValues(data.slice(from, to), dtype) });
  return { tensors, metadata: checkMetadata(metadata, refuse) };
}

/** A text that begins an object; the first eight letters of a text, read as the header's length, are beyond any file. */
function isJsonText(bytes: Uint8Array<ArrayBufferLike>): boolean {
  const begin = new TextDecoder().decode(bytes.subarray(0, 8));
  if (!begin.trimStart().startsWith('{')) return false;
  if (bytes.length < 8) return true;
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true) > LONGEST_HEADER;
}

type Refuse = (fact: string) => never;

/** Where a tensor's bytes are. */
interface TensorRange {
  readonly key: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

function rangeOf(key: string, entry: unknown, length: number, refuse: Refuse): TensorRange {
  const tensor = `tensor ${nameOf(key)}`;
  if (!isRecord(entry)) return refuse(`${tensor} is not an object`);
  const { dtype, shape, data_offsets: offsets, ...rest } = entry;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) refuse(`${tensor}: unknown field ${brief(unknown)}`);
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype))
    return refuse(`${tensor}: dtype ${brief(dtype)} is none of ${Object.keys(DTYPES).join(', ')}`);
  if (!isSizes(shape)) return refuse(`${tensor}: shape ${brief(shape)} is no list of whole numbers`);
  if (shape.length > HIGHEST_RANK)
    refuse(`${tensor}: ${shape.length} dimensions are more than ${HIGHEST_RANK}`);
  if (!isSizes(offsets) || offsets.length !== 2 || offsets[0]! > offsets[1]!)
    return refuse(`${tensor}: data_offsets ${brief(offsets)} are not [begin, end]`);
  const [from, to] = offsets as [number, number];
  if (to > length) refuse(`${tensor}: ends at byte ${to} of ${length}: out of bounds`);
  const expected = volume(shape) * DTYPES[dtype as Dtype];
  if (to - from !== expected)
    refuse(`${tensor}: ${dtype} of shape ${brief(shape)} takes ${expected} bytes, found ${to - from}`);
  return { key, dtype: dtype as Dtype, shape, from, to };
}

/** Every byte belongs to one tensor: looked at before any is copied, so that a file costs no more memory than it has bytes. */
function checkCover(ranges: readonly TensorRange[], length: number, refuse: Refuse): void {
  let end = 0;
  for (const { key, from, to } of [...ranges].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < end) refuse(`tensor ${nameOf(key)}: begins at byte ${from}, inside another: overlapping`);
    if (from > end) refuse(`bytes ${end} to ${from} belong to no tensor`);
    end = to;
  }
  if (end !== length) refuse(`bytes ${end} to ${length} belong to no tensor`);
}

function checkMetadata(found: unknown, refuse: Refuse): Readonly<Record<string, string>> {
  if (!isRecord(found)) return refuse('__metadata__ is not an object');
  const wrong = Object.entries(found).find(([, value]) => typeof value !== 'string');
  if (wrong) refuse(`metadata ${nameOf(wrong[0])} is not a text`);
  return found as Record<string, string>;
}

function parseHeader(bytes: Uint8Array<ArrayBufferLike>, refuse: Refuse): Record<string, unknown> {
  const header = parseJson(bytes, (fact) => refuse(`header ${fact}`), HEADER);
  return isRecord(header) && bytes[0] === 0x7b ? header : refuse('header is not a JSON object');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

/** NaN for more values than a file can have. */
function volume(shape: readonly number[]): number {
  const product = (so: number, size: number): number =>
    Number.isSafeInteger(so * size) ? so * size : Number.NaN;
  return shape.reduce(product, 1);
}
